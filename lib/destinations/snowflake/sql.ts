import { COMMITS_COLUMNS } from "../warehouse/fence";
import {
  columnsOf,
  OWN_COLUMNS,
  type WarehouseColumn,
  type WarehouseKind,
  type WarehouseTable,
} from "../warehouse/tables";

/**
 * A name as Snowflake has it when it is written without quotes: in upper case, so that users find columns and tables however
 * they write them. Quoted all the same, because SET is a word of the language.
 */
export const quote = (name: string): string => `"${name.toUpperCase().replaceAll('"', '""')}"`;

/** A text that can't be a bind, like a path within a stage. */
export const literal = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;

/** Times are in UTC and have no zone: what Snowflake's own loaders make of a timestamp. */
const TYPES: Record<WarehouseKind, string> = {
  text: "VARCHAR",
  json: "VARIANT",
  time: "TIMESTAMP_NTZ",
  int: "NUMBER(38,0)",
};

/** What each type of ours may be in a table that was there before. Source: DATA_TYPE of INFORMATION_SCHEMA.COLUMNS. */
export const ACCEPTED: Record<WarehouseKind, readonly string[]> = {
  text: ["TEXT"],
  json: ["VARIANT"],
  time: ["TIMESTAMP_NTZ", "TIMESTAMP_TZ", "TIMESTAMP_LTZ"],
  int: ["NUMBER"],
};

export const typeOf = ({ kind }: WarehouseColumn): string => TYPES[kind];

export const names = (columns: readonly WarehouseColumn[]) => columns.map(({ name }) => quote(name));

const createTable = (name: string, columns: readonly WarehouseColumn[]): string =>
  `CREATE TABLE IF NOT EXISTS ${name} (${columns.map((column) => `${quote(column.name)} ${typeOf(column)}`).join(", ")})`;

export const createTarget = (name: string, table: WarehouseTable): string => createTable(name, columnsOf(table));

/** Where a run's rows lie between files and table: gone with the session, whatever becomes of it. JSON is text there still. */
export const createStaging = (name: string, table: WarehouseTable): string =>
  `CREATE TEMPORARY TABLE ${name} (${table.columns
    .map((column) => `${quote(column.name)} ${column.kind === "json" ? "VARCHAR" : typeOf(column)}`)
    .join(", ")})`;

/** FORCE, because a commit that is done twice loads the same files again. */
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
const OWN = OWN_COLUMNS.map(({ name, kind }) => `${kind === "time" ? time : "?"} AS ${quote(name)}`);

export const ownValues = ({ exportId, runId, start, end, exportedAt }: Own): string[] => [
  exportId,
  runId,
  start,
  end,
  exportedAt,
];

/** A time as it is bound: UTC, without saying so. */
export const bound = (at: Date): string => at.toISOString().replace("T", " ").replace("Z", "");

/** A window's rows of one export: those of windows within it too, which an earlier schedule may have cut smaller. */
export const deleteWindow = (name: string): string =>
  `DELETE FROM ${name} WHERE "_EXPORT_ID" = ? AND "_INTERVAL_START" >= ${time} AND "_INTERVAL_END" <= ${time}`;

/** What a commit of the same run whose answer was lost has added already. */
export const deleteRun = (name: string): string => `DELETE FROM ${name} WHERE "_EXPORT_ID" = ? AND "_RUN_ID" = ?`;

/** The staged rows as the table has them. Of keys that a JSON object has twice, the last one stands. */
export const staged = (staging: string, table: WarehouseTable): string => {
  const columns = table.columns.map(({ name, kind }) =>
    kind === "json" ? `PARSE_JSON(${quote(name)}, 'd') AS ${quote(name)}` : quote(name),
  );
  return `SELECT ${[...columns, ...OWN].join(", ")} FROM ${staging}`;
};

export const insertFrom = (name: string, staging: string, table: WarehouseTable): string =>
  `INSERT INTO ${name} (${names(columnsOf(table)).join(", ")}) ${staged(staging, table)}`;

export const countRun = (name: string): string =>
  `SELECT COUNT(*) AS "ROWS" FROM ${name} WHERE "_EXPORT_ID" = ? AND "_RUN_ID" = ?`;

const number = "CAST(? AS NUMBER(38,0))";

export const createCommits = (name: string): string => createTable(name, COMMITS_COLUMNS);

/** The row of a window that no run has committed yet. */
export const noteWindow = (name: string): string =>
  `INSERT INTO ${name} ("_EXPORT_ID", "_INTERVAL_START", "_INTERVAL_END", "FENCE") SELECT ?, ${time}, ${time}, 0 ` +
  `WHERE NOT EXISTS (SELECT 1 FROM ${name} WHERE "_EXPORT_ID" = ? AND "_INTERVAL_START" = ${time})`;

export const raiseFence = (name: string): string =>
  `UPDATE ${name} SET "FENCE" = ${number}, "_RUN_ID" = ?, "_INTERVAL_END" = ${time}, ` +
  `"COMMITTED_AT" = CAST(CURRENT_TIMESTAMP() AS TIMESTAMP_NTZ) ` +
  `WHERE "_EXPORT_ID" = ? AND "_INTERVAL_START" = ${time} AND "FENCE" < ${number}`;

/** Of a window, of those within it and of those around it. */
export const latestFence = (name: string): string =>
  `SELECT MAX("FENCE") AS "FENCE" FROM ${name} WHERE "_EXPORT_ID" = ? AND ` +
  `(("_INTERVAL_START" <= ${time} AND "_INTERVAL_END" >= ${time}) OR ` +
  `("_INTERVAL_START" >= ${time} AND "_INTERVAL_END" <= ${time}))`;

export const forget = (name: string): string => `DELETE FROM ${name} WHERE "_EXPORT_ID" = ?`;
