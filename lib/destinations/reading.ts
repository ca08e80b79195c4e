import { dialect as bigquery } from "./bigquery/dialect";
import type { ConfigOf, ConnectionConfig, SettingsOf } from "./connection";
import type { DestinationType } from "./outlines";
import { dialect as postgres } from "./postgres/dialect";
import type { Reach } from "./reading-types";
import { reach } from "./s3/reach";
import { dialect as snowflake } from "./snowflake/dialect";
import type { Dialect } from "./warehouse/dialect";

const reaches: { readonly [T in DestinationType]?: (config: ConfigOf<T>) => Reach } = { s3: reach };
const dialects: { readonly [T in DestinationType]?: Dialect<ConfigOf<T>, SettingsOf<T>> } = {
  snowflake,
  bigquery,
  postgres,
};

/** How readers of an export's files reach its bucket; null if it writes no files. */
export const reachOf = <T extends DestinationType>({ type, config }: { type: T; config: ConfigOf<T> }): Reach | null =>
  reaches[type]?.(config) ?? null;

/** How readers of an export's tables write SQL; null if it fills none. */
export const dialectOf = (type: DestinationType): Dialect<ConnectionConfig, SettingsOf<DestinationType>> | null =>
  (dialects[type] ?? null) as Dialect<ConnectionConfig, SettingsOf<DestinationType>> | null;
