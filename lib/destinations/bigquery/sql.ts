import { columnsOf, type WarehouseColumn, type WarehouseKind, type WarehouseTable } from "../warehouse/tables";
import type { Parameters } from "./jobs";
import type { BigquerySettings } from "./schema";

/** Quotes a name. Checks it once more: BigQuery has no escape that works for names everywhere. */
export function quote(name: string): string {
  if (!/^[A-Za-z0-9_-]+$/.test(name)) throw new Error(`${JSON.stringify(name)} is no name of BigQuery's`);
  return `\`${name}\``;
}

const TYPES = { text: "STRING", time: "TIMESTAMP", int: "INT64" } as const;

/** Types that an existing column of each kind may have, as the API names them. */
export const ACCEPTED: Record<WarehouseKind, readonly string[]> = {
  text: ["STRING"],
  json: ["JSON", "STRING"],
  time: ["TIMESTAMP"],
  int: ["INTEGER", "INT64", "NUMERIC", "BIGNUMERIC"],
};

export const typeOf = ({ kind }: WarehouseColumn, { jsonType }: Pick<BigquerySettings, "jsonType">): string =>
  kind === "json" ? jsonType : TYPES[kind];

export const addColumns = (
  name: string,
  columns: readonly WarehouseColumn[],
  settings: Pick<BigquerySettings, "jsonType">,
): string =>
  `ALTER TABLE ${name} ${columns
    .map((column) => `ADD COLUMN IF NOT EXISTS ${quote(column.name)} ${typeOf(column, settings)}`)
    .join(", ")}`;

/** A target with its columns' actual types, by lowercase name. */
export interface Typed {
  name: string;
  table: WarehouseTable;
  types: ReadonlyMap<string, string>;
}

/** Rounds whole numbers beyond 64 bits and fractions. Text that BigQuery can't parse as JSON becomes a JSON string. */
const asJson = (sql: string) =>
  `IF(${sql} IS NULL, NULL, COALESCE(SAFE.PARSE_JSON(${sql}, wide_number_mode=>'round'), TO_JSON(${sql})))`;

const value = ({ types }: Typed, { name, kind }: WarehouseColumn, from: string) =>
  kind === "json" && types.get(name.toLowerCase()) === "JSON"
    ? asJson(`${from}.${quote(name)}`)
    : `${from}.${quote(name)}`;

const OWN = ["@export", "@run", "@start", "@end", "@exported"];

export interface Own {
  exportId: string;
  runId: string;
  start: Date;
  end: Date;
  exportedAt: Date;
  fence: number;
}

export const ownParameters = ({ exportId, runId, start, end, exportedAt, fence }: Own): Parameters => ({
  export: ["STRING", exportId],
  run: ["STRING", runId],
  start: ["TIMESTAMP", start.toISOString()],
  end: ["TIMESTAMP", end.toISOString()],
  exported: ["TIMESTAMP", exportedAt.toISOString()],
  fence: ["INT64", String(fence)],
});

export const names = (table: WarehouseTable) => columnsOf(table).map(({ name }) => quote(name));
/** SQL for the value of each column, from a staged row. */
export const values = (target: Typed, from: string) => [
  ...target.table.columns.map((column) => value(target, column, from)),
  ...OWN,
];
/** A query for the rows of several stages. */
export const union = ({ table }: Typed, stages: readonly string[]) => {
  const columns = table.columns.map(({ name }) => quote(name)).join(", ");
  return stages.map((stage) => `SELECT ${columns} FROM ${stage}`).join(" UNION ALL ");
};

/** Deletes one export's rows of a window, and of windows within it, which an earlier schedule may have cut smaller. */
export const deleteWindow = (name: string): string =>
  `DELETE FROM ${name} WHERE _export_id = @export AND _interval_start >= @start AND _interval_end <= @end`;

/** Inserts staged rows into a table; `rows` is SQL to read them from. */
export const insertFrom = (target: Typed, rows: string): string =>
  `INSERT INTO ${target.name} (${names(target.table).join(", ")}) SELECT ${values(target, "s").join(", ")} FROM ${rows} AS s`;

/** Runs one statement, then all of the others or none: a script that fails midway rolls its transaction back. */
export const inTransaction = (before: string, statements: readonly string[]): string =>
  [before, "BEGIN TRANSACTION", ...statements, "COMMIT TRANSACTION"].map((statement) => `${statement};`).join("\n");

export const countRun = (name: string): string =>
  `SELECT COUNT(*) AS n FROM ${name} WHERE _export_id = @export AND _run_id = @run`;

/** Counts one export's rows by run and window, of windows that start in a range. */
export const countRuns = (name: string): string =>
  `SELECT _run_id, UNIX_MILLIS(_interval_start), UNIX_MILLIS(_interval_end), COUNT(*) FROM ${name} ` +
  "WHERE _export_id = @export AND _interval_start >= @start AND _interval_start < @end GROUP BY 1, 2, 3";
