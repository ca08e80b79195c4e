import { columnsOf, type WarehouseColumn, type WarehouseKind, type WarehouseTable } from "../warehouse/tables";
import type { Parameters } from "./jobs";
import type { BigquerySettings } from "./schema";

/**
 * Quotes a name. Checks it once more: BigQuery has no escape that works for names everywhere. Only a project's name may
 * begin with a domain.
 */
export function quote(name: string): string {
  if (!/^([A-Za-z0-9.-]+:)?[A-Za-z0-9_-]+$/.test(name))
    throw new Error(`${JSON.stringify(name)} isn't a valid BigQuery name`);
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
export interface Typed extends Scoped {
  types: ReadonlyMap<string, string>;
}

/** A target, with the filter that it requires of every query. */
export interface Scoped {
  name: string;
  table: WarehouseTable;
  /** True for every row; null if the table requires none. */
  filter?: ((alias: string) => string) | null;
}

/** A condition that a statement on a target adds to its own: the filter that the table requires. */
const required = ({ filter }: Scoped, alias = "") => (filter ? ` AND ${filter(alias)}` : "");

/**
 * A condition for all of a merged table's rows that an export can meet. Such tables are clustered by merge key, which
 * begins with the team: BigQuery reads no blocks of other teams.
 */
export const ofTeam = (target: Scoped, alias = ""): string =>
  `${alias && `${alias}.`}team_id = @team${required(target, alias)}`;

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
  team: number;
}

export const ownParameters = ({ exportId, runId, start, end, exportedAt, fence, team }: Own): Parameters => ({
  export: ["STRING", exportId],
  run: ["STRING", runId],
  start: ["TIMESTAMP", start.toISOString()],
  end: ["TIMESTAMP", end.toISOString()],
  exported: ["TIMESTAMP", exportedAt.toISOString()],
  fence: ["INT64", String(fence)],
  team: ["INT64", String(team)],
});

/** The parameters that a statement names. */
export const usedBy = (sql: string, parameters: Parameters): Parameters =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => new RegExp(`@${name}\\b`).test(sql)));

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

/**
 * Deletes one export's rows of a window, and of windows within it, which an earlier schedule may have cut smaller. The
 * start has two bounds, so that a table clustered by it is read only between them.
 */
export const deleteWindow = (target: Scoped): string =>
  `DELETE FROM ${target.name} WHERE _export_id = @export AND _interval_start >= @start AND _interval_start < @end ` +
  `AND _interval_end <= @end${required(target)}`;

/** Inserts staged rows into a table; `rows` is SQL to read them from. */
export const insertFrom = (target: Typed, rows: string): string =>
  `INSERT INTO ${target.name} (${names(target.table).join(", ")}) SELECT ${values(target, "s").join(", ")} FROM ${rows} AS s`;

/** Runs one statement, then all of the others or none: a script that fails midway rolls its transaction back. */
export const inTransaction = (before: string, statements: readonly string[]): string =>
  [before, "BEGIN TRANSACTION", ...statements, "COMMIT TRANSACTION"].map((statement) => `${statement};`).join("\n");

/** Counts the rows of one run. */
export const countRun = (target: Scoped): string =>
  `SELECT COUNT(*) AS n FROM ${target.name} WHERE _export_id = @export AND _interval_start = @start AND _run_id = @run` +
  (target.table.mergeBy ? ` AND ${ofTeam(target)}` : required(target));

/** Counts one export's rows by run and window, of windows that start in a range. */
export const countRuns = (target: Scoped): string =>
  `SELECT _run_id, UNIX_MILLIS(_interval_start), UNIX_MILLIS(_interval_end), COUNT(*) FROM ${target.name} ` +
  "WHERE _export_id = @export AND _interval_start >= @start AND _interval_start < @end" +
  `${target.table.mergeBy ? ` AND ${ofTeam(target)}` : required(target)} GROUP BY 1, 2, 3`;
