import { COMMITS_COLUMNS } from "../warehouse/fence";
import {
  columnsOf,
  OWN_COLUMNS,
  type WarehouseColumn,
  type WarehouseKind,
  type WarehouseTable,
} from "../warehouse/tables";
import type { Target } from "../warehouse/target";
import { quote } from "./names";
import { NAMINGS, type Naming } from "./naming";

/** Quotes a text that can't be bound, like a stage path. */
export const literal = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;

/** Times are in UTC without a zone, as Snowflake's own loaders store timestamps. */
const TYPES: Record<WarehouseKind, string> = {
  text: "VARCHAR",
  json: "VARIANT",
  time: "TIMESTAMP_NTZ",
  int: "NUMBER(38,0)",
};

/** Types that an existing column of each kind may have. Source: DATA_TYPE of INFORMATION_SCHEMA.COLUMNS. */
export const ACCEPTED: Record<WarehouseKind, readonly string[]> = {
  text: ["TEXT"],
  json: ["VARIANT"],
  time: ["TIMESTAMP_NTZ", "TIMESTAMP_TZ", "TIMESTAMP_LTZ"],
  int: ["NUMBER"],
};

/** A table that an export fills, with its names. */
export interface SnowflakeTarget extends Target {
  naming: Naming;
}

export const kindOf = (column: WarehouseColumn, naming: Naming): WarehouseKind =>
  naming.isVariant(column) ? "json" : column.kind;

export const typeOf = (column: WarehouseColumn, naming: Naming): string => TYPES[kindOf(column, naming)];

export const names = ({ table, naming }: SnowflakeTarget) => columnsOf(table).map(({ name }) => naming.quote(name));

const createTable = (name: string, columns: readonly WarehouseColumn[], naming: Naming): string =>
  `CREATE TABLE IF NOT EXISTS ${name} (${columns.map((column) => `${naming.quote(column.name)} ${typeOf(column, naming)}`).join(", ")})`;

export const createTarget = ({ name, table, naming }: SnowflakeTarget): string =>
  createTable(name, columnsOf(table), naming);

/** Holds a run's rows between files and table; gone with the session, whatever happens. JSON is still text there. */
export const createStaging = (name: string, table: WarehouseTable): string =>
  `CREATE TEMPORARY TABLE ${name} (${table.columns
    .map((column) => `${quote(column.name)} ${column.kind === "json" ? "VARCHAR" : typeOf(column, NAMINGS.upper)}`)
    .join(", ")})`;

/** FORCE, because a repeated commit loads the same files again. */
export const copyInto = (staging: string, folder: string, files: readonly string[]): string =>
  `COPY INTO ${staging} FROM ${folder} FILES = (${files.map(literal).join(", ")}) ` +
  "FILE_FORMAT = (TYPE = PARQUET USE_LOGICAL_TYPE = TRUE) MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE " +
  "ON_ERROR = ABORT_STATEMENT FORCE = TRUE";

export interface Own {
  exportId: string;
  runId: string;
  start: string;
  end: string;
  exportedAt: string;
}

const time = "CAST(? AS TIMESTAMP_NTZ)";
export const ownValues = ({ exportId, runId, start, end, exportedAt }: Own): string[] => [
  exportId,
  runId,
  start,
  end,
  exportedAt,
];

/** A time as a bind value: in UTC, without a zone. */
export const bound = (at: Date): string => at.toISOString().replace("T", " ").replace("Z", "");

/** Deletes one export's rows of a window, and of windows within it, which an earlier schedule may have cut smaller. */
export const deleteWindow = ({ name, naming: { quote } }: SnowflakeTarget): string =>
  `DELETE FROM ${name} WHERE ${quote("_export_id")} = ? AND ${quote("_interval_start")} >= ${time} AND ${quote("_interval_end")} <= ${time}`;

const ofRun = ({ quote }: Naming) => `${quote("_export_id")} = ? AND ${quote("_run_id")} = ?`;

/** Deletes what an earlier commit of the run added if its answer was lost. */
export const deleteRun = ({ name, naming }: SnowflakeTarget): string => `DELETE FROM ${name} WHERE ${ofRun(naming)}`;

/** A staging table's rows, under the names of the target. */
export const rowsOf = (staging: string, { table, naming }: SnowflakeTarget): string =>
  naming === NAMINGS.upper
    ? staging
    : `(SELECT ${table.columns.map(({ name }) => `${quote(name)} AS ${naming.quote(name)}`).join(", ")} FROM ${staging})`;

const own = ({ quote }: Naming) =>
  OWN_COLUMNS.map(({ name, kind }) => `${kind === "time" ? time : "?"} AS ${quote(name)}`);

/** Of duplicate keys in a JSON object, the last one wins. NULL for what Snowflake's parser refuses. */
const parsed = (name: string) => `TRY_PARSE_JSON(${name}, 'd')`;

/**
 * Counts values that Snowflake can't parse, by column, in a staging table; null if it has no JSON. The rows say nothing
 * of it later: such a value becomes a JSON string, as other text that isn't JSON does.
 */
export function countUnparsed(staging: string, { columns }: WarehouseTable): string | null {
  const counts = columns.flatMap(({ name, kind }) =>
    kind === "json" ? `COUNT_IF(${quote(name)} IS NOT NULL AND ${parsed(quote(name))} IS NULL) AS ${quote(name)}` : [],
  );
  return counts.length > 0 ? `SELECT ${counts.join(", ")} FROM ${staging}` : null;
}

/** Staged rows in the table's types. A text that is not JSON for Snowflake becomes a JSON string. */
export const staged = (rows: string, { table, naming }: SnowflakeTarget): string => {
  const columns = table.columns.map((column) => {
    const name = naming.quote(column.name);
    if (column.kind === "json") return `COALESCE(${parsed(name)}, TO_VARIANT(${name})) AS ${name}`;
    return naming.isVariant(column) ? `TO_VARIANT(${name}) AS ${name}` : name;
  });
  return `SELECT ${[...columns, ...own(naming)].join(", ")} FROM ${rows}`;
};

export const insertFrom = (target: SnowflakeTarget, rows: string): string =>
  `INSERT INTO ${target.name} (${names(target).join(", ")}) ${staged(rows, target)}`;

export const countRun = ({ name, naming }: SnowflakeTarget): string =>
  `SELECT COUNT(*) AS "ROWS" FROM ${name} WHERE ${ofRun(naming)}`;

const ms = (column: string) => `DATEDIFF('millisecond', CAST('1970-01-01' AS TIMESTAMP_NTZ), ${column})`;

/** Counts one export's rows by run and window, of windows that start in a range. */
export const countRuns = ({ name, naming: { quote } }: SnowflakeTarget): string => {
  const [id, run, start, end] = ["_export_id", "_run_id", "_interval_start", "_interval_end"].map(quote);
  return (
    `SELECT ${run} AS "RUN", ${ms(start!)} AS "START_MS", ${ms(end!)} AS "END_MS", COUNT(*) AS "ROWS" ` +
    `FROM ${name} WHERE ${id} = ? AND ${start} >= ${time} AND ${start} < ${time} GROUP BY 1, 2, 3`
  );
};

const number = "CAST(? AS NUMBER(38,0))";

export const createCommits = (name: string): string => createTable(name, COMMITS_COLUMNS, NAMINGS.upper);

/** Inserts the row of a window not committed yet. */
export const noteWindow = (name: string): string =>
  `INSERT INTO ${name} ("_EXPORT_ID", "_INTERVAL_START", "_INTERVAL_END", "FENCE") SELECT ?, ${time}, ${time}, 0 ` +
  `WHERE NOT EXISTS (SELECT 1 FROM ${name} WHERE "_EXPORT_ID" = ? AND "_INTERVAL_START" = ${time})`;

export const raiseFence = (name: string): string =>
  `UPDATE ${name} SET "FENCE" = ${number}, "_RUN_ID" = ?, "_INTERVAL_END" = ${time}, ` +
  `"COMMITTED_AT" = CAST(CURRENT_TIMESTAMP() AS TIMESTAMP_NTZ) ` +
  `WHERE "_EXPORT_ID" = ? AND "_INTERVAL_START" = ${time} AND "FENCE" < ${number}`;

/** For a window, those within it, and those around it. */
export const latestFence = (name: string): string =>
  `SELECT MAX("FENCE") AS "FENCE" FROM ${name} WHERE "_EXPORT_ID" = ? AND ` +
  `(("_INTERVAL_START" <= ${time} AND "_INTERVAL_END" >= ${time}) OR ` +
  `("_INTERVAL_START" >= ${time} AND "_INTERVAL_END" <= ${time}))`;

export const forget = (name: string): string => `DELETE FROM ${name} WHERE "_EXPORT_ID" = ?`;
