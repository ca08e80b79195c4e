import type { SourceTable } from "../../rows/tables/types";
import { ARRIVED } from "../../rows/tables/window";
import type { Sql } from "../predicate";
import type { Cursors } from "./cursors";

/** SQL for a row's arrival, in µs. */
export const MICROS = `toUnixTimestamp64Micro(${ARRIVED})`;

/** Values per parameter. ClickHouse takes at most 128 KiB in one (`http_max_field_value_size`). */
const MOST = 2000;

/** SQL for an array of any length: as many parameters as it needs. */
export function arrayParam(name: string, type: "Int64" | "String", values: readonly unknown[]): Sql {
  const count = Math.max(1, Math.ceil(values.length / MOST));
  const parts = Array.from({ length: count }, (_, at) => [`${name}${at}`, values.slice(at * MOST, (at + 1) * MOST)]);
  const names = parts.map(([part]) => `{${part}:Array(${type})}`);
  const sql = names.length === 1 ? names[0]! : `arrayConcat(${names.join(", ")})`;
  return { sql, params: Object.fromEntries(parts) };
}

/** SQL: how many cursors are not after a row, if it arrived exactly at the time of one; otherwise -1. Needs `withCuts`. */
export const tieOf = ({ id }: Pick<SourceTable, "id">) =>
  `if(has(cut_times, slot), toInt64(arrayCount(c -> c <= (slot, ${id}), cuts)), -1)`;

/** SQL: the cursors as `cuts`, and their times. */
export function withCuts({ times, uuids }: Cursors): Sql {
  const [at, ids] = [arrayParam("cutTimes", "Int64", times), arrayParam("cutIds", "String", uuids)];
  return {
    sql: `WITH ${at.sql} AS cut_times, arrayZip(cut_times, arrayMap(x -> toUUID(x), ${ids.sql})) AS cuts`,
    params: { ...at.params, ...ids.params },
  };
}
