import { currentRows, type MergeDialect, mergeSql, newestFirst } from "../warehouse/merge";
import { names, type SnowflakeTarget, staged } from "./sql";

export const dialectOf = ({ naming }: SnowflakeTarget): MergeDialect => ({
  quote: naming.quote,
  never: "CAST('0001-01-01' AS TIMESTAMP_NTZ)",
});

/** Keeps the newest row of each key, of any owner: an older row never replaces a newer one. */
export function mergeFrom(target: SnowflakeTarget, rows: string): string {
  const { name, table } = target;
  const merge = table.mergeBy!;
  const dialect = dialectOf(target);
  const { outdated, same } = mergeSql(dialect, merge);
  const all = names(target);
  const keys = merge.key.map(dialect.quote);
  const newest =
    `${staged(`(${currentRows(dialect, { name, rows }, merge)}) AS c`, target)} ` +
    `QUALIFY ROW_NUMBER() OVER (PARTITION BY ${keys.join(", ")} ORDER BY ${newestFirst(dialect, merge)}) = 1`;
  const changed = all.filter((column) => !keys.includes(column));
  return (
    `MERGE INTO ${name} AS t USING (${newest}) AS s ON ${same("t", "s", merge.key)} ` +
    `WHEN MATCHED AND ${outdated("t", "s")} THEN UPDATE SET ${changed.map((column) => `${column} = s.${column}`).join(", ")} ` +
    `WHEN NOT MATCHED THEN INSERT (${all.join(", ")}) VALUES (${all.map((column) => `s.${column}`).join(", ")})`
  );
}
