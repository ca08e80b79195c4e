import type { ModelName } from "../rows/tables/registry";
import { bigquery } from "./bigquery/declaration";
import type { FieldSpec } from "./fields";
import { postgres } from "./postgres/declaration";
import { s3 } from "./s3/declaration";
import { snowflake } from "./snowflake/declaration";

/** Every kind of destination, as it declares itself. Safe for the browser: what connects is in the registry. */
export const destinations = { s3, snowflake, bigquery, postgres };

type Destinations = typeof destinations;
export type DestinationType = keyof Destinations;
export type WarehouseType = Exclude<DestinationType, "s3">;

type Listed<T> = [T, ...T[]];

export const DESTINATION_TYPES = Object.keys(destinations) as Listed<DestinationType>;

export const isWarehouse = (type: DestinationType): type is WarehouseType => type !== "s3";

export const WAREHOUSE_TYPES = DESTINATION_TYPES.filter(isWarehouse) as Listed<WarehouseType>;

/** The settings of an export to a warehouse that mean something for what it carries. */
export const settingFields = (type: WarehouseType, model: ModelName): readonly FieldSpec[] =>
  destinations[type].form.settings.filter(({ models }) => models === undefined || models.includes(model));

/** The same part of each of these destinations, as a union of schemas takes them. */
export const partOfEach = <Type extends DestinationType, Part extends keyof Destinations[Type]>(
  types: Listed<Type>,
  part: Part,
): Listed<Destinations[Type][Part]> =>
  types.map((type) => destinations[type][part]) as Listed<Destinations[Type][Part]>;
