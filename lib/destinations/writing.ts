import { bigquery } from "./bigquery/writing";
import type { DestinationType } from "./outlines";
import { postgres } from "./postgres/writing";
import { s3 } from "./s3/writing";
import type { Settings } from "./settings";
import { snowflake } from "./snowflake/writing";
import type { Writing } from "./writing-types";

const writings = { s3, snowflake, bigquery, postgres } satisfies { [T in DestinationType]: object };

/** What an export with these settings writes: pure, and the same for form, API, and worker. */
export const writingOf = ({ type }: Settings): Writing<Settings> => writings[type] as Writing<Settings>;
