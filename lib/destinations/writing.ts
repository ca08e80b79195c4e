import type { Settings } from "../schemas/settings";
import { bigquery } from "./bigquery/writing";
import type { DestinationType } from "./catalog";
import { postgres } from "./postgres/writing";
import { s3 } from "./s3/writing";
import { snowflake } from "./snowflake/writing";
import type { Writing } from "./writing-types";

type Writings = { [T in DestinationType]: Writing<Extract<Settings, { type: T }>> };

const writings: Writings = { s3, snowflake, bigquery, postgres };

/** What an export with these settings writes: pure, and the same for form, API and worker. */
export const writingOf = ({ type }: Settings): Writing<Settings> => writings[type] as Writing<Settings>;
