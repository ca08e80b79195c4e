import { COMMITS_COLUMNS } from "../warehouse/fence";
import { columnsOf, type WarehouseColumn, type WarehouseKind, type WarehouseTable } from "../warehouse/tables";

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Quotes a text where parameters are not allowed. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A text's hash, for indexes: B-trees take no value of more than 2,704 bytes. */
export const hashOf = (column: string): string => `hashtextextended(${column}::text, 0)`;

/** Locks a name until the transaction ends. */
export const lockName = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";

const TYPES: Record<WarehouseKind, string> = { text: "text", json: "jsonb", time: "timestamptz", int: "bigint" };

/** Types that an existing column of each kind may have. Source: format_type of pg_attribute. */
const ACCEPTED: Record<WarehouseKind, readonly string[]> = {
  text: ["text", "character varying", "uuid"],
  json: ["jsonb", "json"],
  time: ["timestamp with time zone"],
  int: ["bigint", "numeric"],
};

/** Whether a column of this type, possibly with a length, takes values of this kind. */
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
 * One file's rows until the commit. Unlogged: a server crash empties it, which the commit notices, and the file is
 * exported again. Not vacuumed: it is short-lived.
 */
export const createStage = (name: string, table: WarehouseTable): string =>
  `CREATE UNLOGGED TABLE ${name} (${defined(table.columns)}) WITH (autovacuum_enabled = off)`;

/** Without FREEZE, which requires the same transaction to create the stage (docs/decisions/0020). */
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

/** Deletes one export's rows of a window, and of windows within it, which an earlier schedule may have cut smaller. */
export const deleteWindow = (name: string): string =>
  `DELETE FROM ${name} WHERE _export_id = $1 AND _interval_start >= $2::timestamptz AND _interval_end <= $3::timestamptz`;

/** Deletes rows that the run itself inserted earlier: none, unless its commit came from a version without fences. */
export const deleteRun = (name: string): string =>
  `DELETE FROM ${name} WHERE _export_id = $1 AND _interval_start = $2::timestamptz AND _run_id = $3`;

/** Staged rows, cast to the types of existing columns: PostgreSQL doesn't cast text to uuid implicitly. */
export function stagedAs(types: ReadonlyMap<string, string>, stage: string, { columns }: WarehouseTable): string {
  const cast = columns.map(({ name }) =>
    types.get(name) === "uuid" ? `${quote(name)}::uuid AS ${quote(name)}` : quote(name),
  );
  return `(SELECT ${cast.join(", ")} FROM ${stage})`;
}

/** Inserts staged rows into a table as they are. */
export function insertFrom(name: string, staged: string, table: WarehouseTable): string {
  const columns = table.columns.map((column) => `s.${quote(column.name)}`);
  const all = columnsOf(table).map((column) => quote(column.name));
  return `INSERT INTO ${name} (${all.join(", ")}) SELECT ${[...columns, ...OWN_VALUES].join(", ")} FROM ${staged} AS s`;
}

export const countRun = (name: string): string =>
  `SELECT count(*)::int AS rows FROM ${name} WHERE _export_id = $1 AND _interval_start = $2::timestamptz AND _run_id = $3`;

const ms = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`;

/** Counts one export's rows by run and window, of windows that start in a range. */
export const countRuns = (name: string): string =>
  `SELECT _run_id AS run, ${ms("_interval_start")} AS start, ${ms("_interval_end")} AS "end", count(*)::float8 AS rows ` +
  `FROM ${name} WHERE _export_id = $1 AND _interval_start >= $2::timestamptz AND _interval_start < $3::timestamptz ` +
  "GROUP BY 1, 2, 3";
