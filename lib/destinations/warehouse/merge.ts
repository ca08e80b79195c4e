import { isOlder, type Rank } from "./newer";
import type { WarehouseSettings } from "./settings";
import type { Merge } from "./tables";

/** How a warehouse with MERGE writes names, and a time before all others. */
export interface MergeDialect {
  quote(name: string): string;
  never: string;
}

/** The table to merge into, and SQL to read staged rows from. */
export interface Merged {
  name: string;
  rows: string;
  /** SQL that holds for all of the table's rows that staged rows can meet, by alias: spares reading the others. */
  within?(alias: string): string;
}

type Deleted = Pick<WarehouseSettings, "deletedPersons">;

/** SQL for merge conditions on tables, by alias. */
export function mergeSql({ quote, never }: MergeDialect, { time, version }: Merge) {
  const of = (alias: string, name: string) => `${alias}.${quote(name)}`;
  const timeOf = (alias: string) => `COALESCE(${of(alias, time)}, ${never})`;
  const rank = (alias: string): Rank => ({ time: timeOf(alias), version: `COALESCE(${of(alias, version)}, 0)` });
  return {
    of,
    timeOf,
    older: (a: string, b: string) => isOlder(rank(a), rank(b), { orSame: false }),
    outdated: (a: string, b: string) => isOlder(rank(a), rank(b), { orSame: true }),
    same: (a: string, b: string, columns: readonly string[]) =>
      columns.map((name) => `${of(a, name)} = ${of(b, name)}`).join(" AND "),
  };
}

/**
 * A statement that updates a table's rows of staged persons: it deletes rows of older versions, including ids that the
 * person no longer has, and deletes or marks rows of deleted persons. `rows` is SQL to read staged rows from.
 */
export function mergeOwners(
  dialect: MergeDialect,
  { name, rows, within }: Merged,
  merge: Merge,
  { deletedPersons }: Deleted,
): string {
  const { quote } = dialect;
  const { owner, time, version, deletedAt } = merge;
  const { of, timeOf, older, same } = mergeSql(dialect, merge);
  const latest = [time, version, deletedAt].map((column) => `MAX(${quote(column)}) AS ${quote(column)}`);
  const gone = of("s", deletedAt);
  const end = deletedPersons === "mark" ? `UPDATE SET ${quote(deletedAt)} = ${gone}` : "DELETE";
  return (
    `MERGE INTO ${name} AS t USING (SELECT ${[...owner.map(quote), ...latest].join(", ")} FROM ${rows} ` +
    `GROUP BY ${owner.map(quote).join(", ")}) AS s ON ${same("t", "s", owner)}${within ? ` AND ${within("t")}` : ""} ` +
    `WHEN MATCHED AND ${gone} IS NOT NULL AND ${timeOf("t")} <= ${gone} THEN ${end} ` +
    `WHEN MATCHED AND ${gone} IS NULL AND ${older("t", "s")} THEN DELETE`
  );
}

/**
 * A query for the staged rows to insert: none of deleted persons, and none older than their person's rows in the table.
 */
export function currentRows(dialect: MergeDialect, { name, rows, within }: Merged, merge: Merge): string {
  const { quote } = dialect;
  const { owner, time, deletedAt } = merge;
  const { of, timeOf, same } = mergeSql(dialect, merge);
  const owners = owner.map(quote).join(", ");
  const newest = quote("newest");
  return (
    `SELECT r.* FROM ${rows} AS r LEFT JOIN (SELECT ${owners}, MAX(${quote(time)}) AS ${newest} FROM ${name} AS e ` +
    `${within ? `WHERE ${within("e")} ` : ""}GROUP BY ${owners}) AS p ON ${same("p", "r", owner)} ` +
    `WHERE ${of("r", deletedAt)} IS NULL AND (p.${newest} IS NULL OR p.${newest} <= ${timeOf("r")})`
  );
}

/** The order of rows with one key: the first one wins. */
export const newestFirst = ({ quote }: MergeDialect, { time, version, owner }: Merge): string =>
  [`${quote(time)} DESC NULLS LAST`, `${quote(version)} DESC NULLS LAST`, ...owner.map(quote)].join(", ");

/** The staged rows to append: none of deleted persons, unless those are marked. */
export const appendedRows = (
  quote: MergeDialect["quote"],
  rows: string,
  merge: Merge | null,
  { deletedPersons }: Deleted,
) =>
  merge && deletedPersons !== "mark" ? `(SELECT * FROM ${rows} AS s WHERE ${quote(merge.deletedAt)} IS NULL)` : rows;
