import { currentRows, type MergeDialect, mergeSql, newestFirst } from "../warehouse/merge";
import { columnsOf, type WarehouseTable } from "../warehouse/tables";
import { quote } from "./names";
import { names, staged } from "./sql";

export const DIALECT: MergeDialect = { quote, never: "CAST('0001-01-01' AS TIMESTAMP_NTZ)" };

/** Keeps the newest row of each key, of any owner: an older row never replaces a newer one. */
export function mergeFrom(name: string, staging: string, table: WarehouseTable): string {
  const merge = table.mergeBy!;
  const { outdated, same } = mergeSql(DIALECT, merge);
  const all = names(columnsOf(table));
  const keys = merge.key.map(quote);
  const newest =
    `${staged(`(${currentRows(DIALECT, { name, rows: staging }, merge)}) AS c`, table)} ` +
    `QUALIFY ROW_NUMBER() OVER (PARTITION BY ${keys.join(", ")} ORDER BY ${newestFirst(DIALECT, merge)}) = 1`;
  const changed = all.filter((column) => !keys.includes(column));
  return (
    `MERGE INTO ${name} AS t USING (${newest}) AS s ON ${same("t", "s", merge.key)} ` +
    `WHEN MATCHED AND ${outdated("t", "s")} THEN UPDATE SET ${changed.map((column) => `${column} = s.${column}`).join(", ")} ` +
    `WHEN NOT MATCHED THEN INSERT (${all.join(", ")}) VALUES (${all.map((column) => `s.${column}`).join(", ")})`
  );
}
