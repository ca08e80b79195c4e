import { bigquery } from "./bigquery/declaration";
import type { DestinationType, Listed } from "./outlines";
import { postgres } from "./postgres/declaration";
import { s3 } from "./s3/declaration";
import { snowflake } from "./snowflake/declaration";

export * from "./outlines";

/** Declarations of all destination types. Safe for the browser: code that connects is in the registry. */
export const destinations = { s3, snowflake, bigquery, postgres };

export type Destinations = typeof destinations;

/** One part of each of these destinations, as a union of schemas takes them. */
export const partOfEach = <Type extends DestinationType, Part extends keyof Destinations[Type]>(
  types: Listed<Type>,
  part: Part,
): Listed<Destinations[Type][Part]> =>
  types.map((type) => destinations[type][part]) as Listed<Destinations[Type][Part]>;
