import { COMMITS_COLUMNS } from "../warehouse/fence";
import { columnsOf, type WarehouseColumn, type WarehouseKind, type WarehouseTable } from "../warehouse/tables";

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A text in a statement that takes no parameters. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A text as an index has it: B-trees take no value of more than 2,704 bytes. */
export const hashOf = (column: string): string => `hashtextextended(${column}::text, 0)`;

/** Until the transaction ends, who asks for the same name waits. */
export const lockName = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";

const TYPES: Record<WarehouseKind, string> = { text: "text", json: "jsonb", time: "timestamptz", int: "bigint" };

/** What each type of ours may be in a table that was there before. Source: format_type of pg_attribute. */
const ACCEPTED: Record<WarehouseKind, readonly string[]> = {
  text: ["text", "character varying", "uuid"],
  json: ["jsonb", "json"],
  time: ["timestamp with time zone"],
  int: ["bigint", "numeric"],
};

/** Whether a column of this type, which may have a length, takes values of this kind. */
export const accepts = (kind: WarehouseKind, type: string): boolean =>
  ACCEPTED[kind].includes(type.replace(/\(\d+(,\d+)?\)$/, ""));

export const typeOf = ({ kind }: WarehouseColumn): string => TYPES[kind];

const defined = (columns: readonly WarehouseColumn[]) =>
  columns.map((column) => `${quote(column.name)} ${typeOf(column)}`).join(", ");

export const createTarget = (name: string, table: WarehouseTable): string =>
  `CREATE TABLE IF NOT EXISTS ${name} (${defined(columnsOf(table))})`;

export const createCommits = (name: string): string =>
  `CREATE TABLE IF NOT EXISTS ${name} (${defined(COMMITS_COLUMNS)}, PRIMARY KEY (_export_id, _interval_start))`;

/**
 * One file's rows, until they are committed. Not logged: a crash of the server empties it, which the commit notices, and the file
 * is exported again. Not vacuumed: it is gone soon.
 */
export const createStage = (name: string, table: WarehouseTable): string =>
  `CREATE UNLOGGED TABLE ${name} (${defined(table.columns)}) WITH (autovacuum_enabled = off)`;

/** Without FREEZE, which would need the stage to be made in the same transaction (docs/decisions/0020). */
export const copyInto = (name: string, table: WarehouseTable): string =>
  `COPY ${name} (${table.columns.map(({ name: column }) => quote(column)).join(", ")}) ` +
  "FROM STDIN WITH (FORMAT binary, ENCODING 'UTF8')";

export interface Own {
  exportId: string;
  runId: string;
  start: string;
  end: string;
  exportedAt: string;
}

const OWN_VALUES = ["$1", "$2", "$3::timestamptz", "$4::timestamptz", "$5::timestamptz"];
export const ownValues = ({ exportId, runId, start, end, exportedAt }: Own): string[] => [
  exportId,
  runId,
  start,
  end,
  exportedAt,
];

/** A window's rows of one export: those of windows within it too, which an earlier schedule may have cut smaller. */
export const deleteWindow = (name: string): string =>
  `DELETE FROM ${name} WHERE _export_id = $1 AND _interval_start >= $2::timestamptz AND _interval_end <= $3::timestamptz`;

/** What the run itself has put into the table already: nothing, unless its commit came from a version without fences. */
export const deleteRun = (name: string): string =>
  `DELETE FROM ${name} WHERE _export_id = $1 AND _interval_start = $2::timestamptz AND _run_id = $3`;

/** Staged rows as the columns that are there take them, by their types: PostgreSQL makes no uuid of a text by itself. */
export function stagedAs(types: ReadonlyMap<string, string>, stage: string, { columns }: WarehouseTable): string {
  const cast = columns.map(({ name }) =>
    types.get(name) === "uuid" ? `${quote(name)}::uuid AS ${quote(name)}` : quote(name),
  );
  return `(SELECT ${cast.join(", ")} FROM ${stage})`;
}

/** Puts staged rows into a table as they are. */
export function insertFrom(name: string, staged: string, table: WarehouseTable): string {
  const columns = table.columns.map((column) => `s.${quote(column.name)}`);
  const all = columnsOf(table).map((column) => quote(column.name));
  return `INSERT INTO ${name} (${all.join(", ")}) SELECT ${[...columns, ...OWN_VALUES].join(", ")} FROM ${staged} AS s`;
}

export const countRun = (name: string): string =>
  `SELECT count(*)::int AS rows FROM ${name} WHERE _export_id = $1 AND _interval_start = $2::timestamptz AND _run_id = $3`;
