import { isOlder } from "../warehouse/newer";
import type { WarehouseSettings } from "../warehouse/settings";
import type { Merge, WarehouseTable } from "../warehouse/tables";
import { hashOf, insertFrom, quote } from "./sql";

/** How staged rows get into a table whose rows are kept up to date. */
export interface MergeStatements {
  /** Remove what the staged rows outdate. Take no values. */
  clear: string[];
  /** Puts in what is not outdated itself. Takes the values of `ownValues`. */
  insert: string;
}

/** SQL for what is merged by, of tables and staged rows by their aliases. */
function mergeSql({ columns, mergeBy }: WarehouseTable, { owner, time, version }: Merge) {
  const isText = (name: string) => columns.some((column) => column.name === name && column.kind === "text");
  const of = (alias: string, name: string) => `${alias}.${quote(name)}`;
  // Hashes are what indexes hold.
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
 * Staged rows take the places of older ones with their key, whosever they are, and of all rows of their person's older versions:
 * ids that it has no longer, too. Rows of persons that were deleted go, or are marked.
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
