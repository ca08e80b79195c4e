import { currentRows, type MergeDialect, mergeSql, newestFirst } from "../warehouse/merge";
import { names, quote, type Typed, values } from "./sql";

export const DIALECT: MergeDialect = { quote, never: "TIMESTAMP '0001-01-01 00:00:00+00'" };

/** Keeps the newest row of each key, from `rows` or from the table, of any owner. */
export function mergeFrom(target: Typed, rows: string): string {
  const merge = target.table.mergeBy!;
  const { outdated, same } = mergeSql(DIALECT, merge);
  const all = names(target.table);
  const set = values(target, "s").map((sql, index) => `${all[index]} = ${sql}`);
  return (
    `MERGE INTO ${target.name} AS t USING (SELECT * FROM (${currentRows(DIALECT, { name: target.name, rows }, merge)}) WHERE TRUE ` +
    `QUALIFY ROW_NUMBER() OVER (PARTITION BY ${merge.key.map(quote).join(", ")} ORDER BY ${newestFirst(DIALECT, merge)}) = 1) AS s ` +
    `ON ${same("t", "s", merge.key)} ` +
    `WHEN MATCHED AND ${outdated("t", "s")} THEN UPDATE SET ${set.join(", ")} ` +
    `WHEN NOT MATCHED THEN INSERT (${all.join(", ")}) VALUES (${values(target, "s").join(", ")})`
  );
}
