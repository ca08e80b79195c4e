import { currentRows, type MergeDialect, type Merged, mergeOwners, mergeSql, newestFirst } from "../warehouse/merge";
import type { BigquerySettings } from "./schema";
import { insertFrom, names, ofTeam, quote, type Typed, values } from "./sql";

const DIALECT: MergeDialect = { quote, never: "TIMESTAMP '0001-01-01 00:00:00+00'" };

const merged = (target: Typed, rows: string): Merged => ({
  name: target.name,
  rows,
  within: (alias) => ofTeam(target, alias),
});

/** The newest staged row of each key, of any owner. */
function newest(target: Typed, rows: string): string {
  const merge = target.table.mergeBy!;
  return (
    `SELECT * FROM (${currentRows(DIALECT, merged(target, rows), merge)}) WHERE TRUE ` +
    `QUALIFY ROW_NUMBER() OVER (PARTITION BY ${merge.key.map(quote).join(", ")} ORDER BY ${newestFirst(DIALECT, merge)}) = 1`
  );
}

/** Keeps the newest row of each key, from `rows` or from the table. */
export function mergeFrom(target: Typed, rows: string): string {
  const merge = target.table.mergeBy!;
  const { outdated, same } = mergeSql(DIALECT, merge);
  const all = names(target.table);
  const set = values(target, "s").map((sql, index) => `${all[index]} = ${sql}`);
  return (
    `MERGE INTO ${target.name} AS t USING (${newest(target, rows)}) AS s ` +
    `ON ${same("t", "s", merge.key)} AND ${ofTeam(target, "t")} ` +
    `WHEN MATCHED AND ${outdated("t", "s")} THEN UPDATE SET ${set.join(", ")} ` +
    `WHEN NOT MATCHED THEN INSERT (${all.join(", ")}) VALUES (${values(target, "s").join(", ")})`
  );
}

/**
 * Statements that merge staged rows into a table. BigQuery bills a MERGE that may update or delete for every column of
 * the table, but an INSERT only for the columns that it reads. Removing persons' older rows needs a MERGE; afterwards,
 * few windows have a row whose key is still in the table.
 */
export function mergeAll(target: Typed, rows: string, settings: BigquerySettings): string[] {
  const merge = target.table.mergeBy!;
  const { of, same } = mergeSql(DIALECT, merge);
  const isKnown =
    `EXISTS (SELECT 1 FROM ${target.name} AS t JOIN ${rows} AS s ON ${same("t", "s", merge.key)} ` +
    `WHERE ${ofTeam(target, "t")} AND ${of("s", merge.deletedAt)} IS NULL)`;
  return [
    mergeOwners(DIALECT, merged(target, rows), merge, settings),
    `IF ${isKnown} THEN ${mergeFrom(target, rows)}; ELSE ${insertFrom(target, `(${newest(target, rows)})`)}; END IF`,
  ];
}
