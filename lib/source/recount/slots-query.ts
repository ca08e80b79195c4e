import { MINE, TIME_TYPE } from "../../rows/tables/window";
import { eventConditions, propertiesConditions, type Selection, type Sql } from "../predicate";
import { clickhouseTime, micros } from "../time";
import type { Cursors } from "./cursors";
import { MICROS, tieOf, withCuts } from "./sql";

/** Slots that one query counts. */
const MOST = 300;

/** Whether rows can be counted slot by slot: nothing but their time decides which they are. */
export const isByTime = (selection: Selection, times: readonly number[]): boolean =>
  selection.model.from === selection.model.table &&
  times.length <= MOST &&
  eventConditions(selection).parts.length === 0 &&
  propertiesConditions(selection).parts.length === 0;

/**
 * Counts the rows between given times with a count for each, which ClickHouse answers from its primary key: it reads
 * nothing but the granules at the ends. Rows at the very time of a cursor are counted by their ids.
 */
export function slotsQuery(
  { model, sourceProjectId, window }: Selection,
  times: readonly number[],
  cursors: Cursors,
): Sql {
  const cuts = new Set(cursors.times);
  const ends = [...times.slice(1), micros(window.end)];
  const slots = times.map((time, at) => {
    const after = cuts.has(time) ? ">" : ">=";
    return `SELECT {t${at}:Int64} AS slot, toInt64(-1) AS tie, count() AS rows FROM ${model.table} WHERE ${MINE} AND inserted_at ${after} {a${at}:${TIME_TYPE}} AND inserted_at < {b${at}:${TIME_TYPE}}`;
  });
  const params = times.map((time, at) => ({
    [`t${at}`]: time,
    [`a${at}`]: clickhouseTime(time),
    [`b${at}`]: clickhouseTime(ends[at]!),
  }));
  const known = withCuts(cursors);
  const tied = [...cuts].map((time, at) => [`c${at}`, clickhouseTime(time)] as const);
  const among = tied.map(([name]) => `{${name}:${TIME_TYPE}}`).join(", ");
  const ties = `SELECT slot, tie, count() AS rows FROM (${known.sql} SELECT ${MICROS} AS slot, ${tieOf(model)} AS tie FROM ${model.table} WHERE ${MINE} AND inserted_at IN (${among})) GROUP BY slot, tie`;
  return {
    sql: [...slots, ...(cuts.size > 0 ? [ties] : [])].join(" UNION ALL "),
    params: Object.assign(
      { project: sourceProjectId },
      cuts.size > 0 ? { ...known.params, ...Object.fromEntries(tied) } : {},
      ...params,
    ) as Sql["params"],
  };
}
