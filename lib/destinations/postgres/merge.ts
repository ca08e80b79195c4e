import { isOlder } from "../warehouse/newer";
import type { WarehouseSettings } from "../warehouse/settings";
import type { Merge, WarehouseTable } from "../warehouse/tables";
import { hashOf, insertFrom, quote } from "./sql";

/** Statements that merge staged rows into a table. */
export interface MergeStatements {
  /** Remove or mark what the staged rows outdate. Take no values. */
  clear: string[];
  /** Inserts rows not outdated themselves. Takes the values of `ownValues`. */
  insert: string;
}

/** SQL for merge conditions on tables and staged rows, by alias. */
function mergeSql({ columns, mergeBy }: WarehouseTable, { owner, time, version }: Merge) {
  const isText = (name: string) => columns.some((column) => column.name === name && column.kind === "text");
  const of = (alias: string, name: string) => `${alias}.${quote(name)}`;
  // Indexes hold hashes.
  const equal = (a: string, b: string, name: string) =>
    isText(name)
      ? `${hashOf(of(a, name))} = ${hashOf(of(b, name))} AND ${of(a, name)} = ${of(b, name)}`
      : `${of(a, name)} = ${of(b, name)}`;
  const same = (a: string, b: string, names: readonly string[]) => names.map((name) => equal(a, b, name)).join(" AND ");
  const timeOf = (alias: string) => `coalesce(${of(alias, time)}, '-infinity')`;
  const rank = (alias: string) => ({ time: timeOf(alias), version: `coalesce(${of(alias, version)}, 0)` });
  return {
    timeOf,
    sameKey: (a: string, b: string) => same(a, b, mergeBy!.key),
    sameOwner: (a: string, b: string) => same(a, b, owner),
    older: (a: string, b: string) => isOlder(rank(a), rank(b), { orSame: false }),
    outdated: (a: string, b: string) => isOlder(rank(a), rank(b), { orSame: true }),
  };
}

const list = (names: readonly string[]) => names.map(quote).join(", ");

/**
 * Staged rows replace older rows with their key, of any owner, and all rows of their person's older versions, including
 * ids that it no longer has. Rows of deleted persons are removed or marked.
 */
export function mergeFrom(
  name: string,
  staged: string,
  table: WarehouseTable,
  { deletedPersons }: Pick<WarehouseSettings, "deletedPersons">,
): MergeStatements {
  const merge = table.mergeBy!;
  const { timeOf, sameKey, sameOwner, older, outdated } = mergeSql(table, merge);
  const [key, owner, deletedAt] = [list(merge.key), list(merge.owner), quote(merge.deletedAt)];
  const rank = `${quote(merge.time)} DESC NULLS LAST, ${quote(merge.version)} DESC NULLS LAST`;
  const owners =
    `(SELECT DISTINCT ON (${owner}) ${[owner, ...[merge.time, merge.version, merge.deletedAt].map(quote)].join(", ")} ` +
    `FROM ${staged} AS s ORDER BY ${owner}, ${deletedAt} DESC NULLS LAST)`;
  const newest =
    `(SELECT DISTINCT ON (${key}) * FROM ${staged} AS s WHERE ${deletedAt} IS NULL ` +
    `AND NOT EXISTS (SELECT 1 FROM ${name} AS p WHERE ${sameOwner("p", "s")} AND ${older("s", "p")}) ` +
    `ORDER BY ${key}, ${rank}, ${owner})`;
  const gone = `${sameOwner("t", "s")} AND ${timeOf("t")} <= s.${deletedAt}`;
  return {
    clear: [
      deletedPersons === "mark"
        ? `UPDATE ${name} AS t SET ${deletedAt} = s.${deletedAt} FROM ${owners} AS s WHERE ${gone} AND t.${deletedAt} IS DISTINCT FROM s.${deletedAt}`
        : `DELETE FROM ${name} AS t USING ${owners} AS s WHERE ${gone}`,
      `DELETE FROM ${name} AS t USING ${owners} AS s WHERE ${sameOwner("t", "s")} AND s.${deletedAt} IS NULL AND ${older("t", "s")}`,
      `DELETE FROM ${name} AS t USING ${newest} AS s WHERE ${sameKey("t", "s")} AND ${outdated("t", "s")}`,
    ],
    insert: `${insertFrom(name, newest, table)} WHERE NOT EXISTS (SELECT 1 FROM ${name} AS t WHERE ${sameKey("t", "s")})`,
  };
}
