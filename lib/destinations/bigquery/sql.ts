import { columnsOf, type WarehouseColumn, type WarehouseKind, type WarehouseTable } from "../../warehouse/tables";
import type { Parameters } from "./jobs";
import type { BigquerySettings } from "./schema";

/** A name in SQL. What may be in one is checked here once more: BigQuery has no escape that every place of a name takes. */
export function quote(name: string): string {
  if (!/^[A-Za-z0-9_-]+$/.test(name)) throw new Error(`${JSON.stringify(name)} is no name of BigQuery's`);
  return `\`${name}\``;
}

const TYPES = { text: "STRING", time: "TIMESTAMP", int: "INT64" } as const;

/** What each type of ours may be in a table that was there before, as the API names types. */
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

/** A target with what each of its columns really is, by their names in lower case. */
export interface Typed {
  name: string;
  table: WarehouseTable;
  types: ReadonlyMap<string, string>;
}

/** Whole numbers beyond 64 bits and fractions are rounded. What BigQuery can't take as JSON at all goes as a JSON string. */
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

const names = (table: WarehouseTable) => columnsOf(table).map(({ name }) => quote(name));
const values = (target: Typed, from: string) => [
  ...target.table.columns.map((column) => value(target, column, from)),
  ...OWN,
];
const union = ({ table }: Typed, stages: readonly string[]) => {
  const columns = table.columns.map(({ name }) => quote(name)).join(", ");
  return stages.map((stage) => `SELECT ${columns} FROM ${stage}`).join(" UNION ALL ");
};

/** A window's rows of one export: those of windows within it too, which an earlier schedule may have cut smaller. */
export const deleteWindow = (name: string): string =>
  `DELETE FROM ${name} WHERE _export_id = @export AND _interval_start >= @start AND _interval_end <= @end`;

export const insertFrom = (target: Typed, stages: readonly string[]): string =>
  `INSERT INTO ${target.name} (${names(target.table).join(", ")}) ` +
  `SELECT ${values(target, "s").join(", ")} FROM (${union(target, stages)}) AS s`;

/** Of rows with the same key the newest stands, be it a staged one or one that is there. */
export function mergeFrom(target: Typed, stages: readonly string[]): string {
  const { key, version } = target.table.mergeBy!;
  const keys = key.map(quote);
  const newest = quote(version);
  const all = names(target.table);
  const set = values(target, "s").map((sql, index) => `${all[index]} = ${sql}`);
  return (
    `MERGE ${target.name} AS t USING (SELECT * FROM (${union(target, stages)}) WHERE TRUE ` +
    `QUALIFY ROW_NUMBER() OVER (PARTITION BY ${keys.join(", ")} ORDER BY ${newest} DESC) = 1) AS s ` +
    `ON ${keys.map((column) => `t.${column} = s.${column}`).join(" AND ")} ` +
    `WHEN MATCHED AND (t.${newest} IS NULL OR t.${newest} <= s.${newest}) THEN UPDATE SET ${set.join(", ")} ` +
    `WHEN NOT MATCHED THEN INSERT (${all.join(", ")}) VALUES (${values(target, "s").join(", ")})`
  );
}

/** A statement of its own, then all of the others or nothing: a script that fails on its way rolls its transaction back. */
export const inTransaction = (before: string, statements: readonly string[]): string =>
  [before, "BEGIN TRANSACTION", ...statements, "COMMIT TRANSACTION"].map((statement) => `${statement};`).join("\n");

export const countRun = (name: string): string =>
  `SELECT COUNT(*) AS n FROM ${name} WHERE _export_id = @export AND _run_id = @run`;
