import { rowHash } from "../../rows/tables/row-hash";
import { predicate, type Selection, type Sql } from "../predicate";
import type { Cursors } from "./cursors";
import { isByTime, slotsQuery } from "./slots-query";
import { arrayParam, MICROS, tieOf, withCuts } from "./sql";

export interface Split {
  hours: boolean;
  events: boolean;
}

/**
 * Rows that arrived between two of the times, of one hour and event. What is the same for all rows is missing. No name
 * is a column's, which filters and fingerprints read.
 */
export interface GroupRow {
  /** The last of the times that is not after the row, in µs. */
  slot?: string;
  /** How many cursors are not after the row, if it arrived exactly at the time of one; otherwise -1. */
  tie?: string;
  /** Its start, in seconds. */
  part_hour?: string;
  /** In hex. */
  part_event?: string;
  rows: string;
  fingerprint?: string;
}

/** Counts the rows of a selection between given times, which start with the selection's own start. */
export function recountQuery(
  selection: Selection,
  times: readonly number[],
  cursors: Cursors,
  { hours, events, fingerprints }: Split & { fingerprints: boolean },
): Sql {
  if (!hours && !events && !fingerprints && isByTime(selection, times)) return slotsQuery(selection, times, cursors);
  const { model } = selection;
  const { sql, params } = predicate(selection);
  const isCut = cursors.times.length > 0;
  const cuts = withCuts(cursors);
  const starts = arrayParam("times", "Int64", times);
  const hasSlots = times.length > 1 || isCut;
  // Constants are no keys: without any, ClickHouse counts whole granules without reading them.
  const keys = [
    ...(hasSlots ? [`roundDown(${MICROS}, ${starts.sql}) AS slot`] : []),
    ...(isCut ? [`if(slot = ${MICROS}, ${tieOf(model)}, -1) AS tie`] : []),
    ...(hours ? ["toUnixTimestamp(toStartOfHour(inserted_at, 'UTC')) AS part_hour"] : []),
    ...(events && model.eventColumn ? [`lower(hex(toString(${model.eventColumn}))) AS part_event`] : []),
  ];
  const columns = [...keys, "count() AS rows", ...(fingerprints ? [`sum(${rowHash(model)}) AS fingerprint`] : [])];
  const groupBy = keys.length > 0 ? ` GROUP BY ${keys.map((_, index) => index + 1).join(", ")}` : "";
  return {
    sql: `${isCut ? `${cuts.sql} ` : ""}SELECT ${columns.join(", ")} FROM ${model.from} WHERE ${sql}${groupBy}`,
    params: { ...params, ...(hasSlots && starts.params), ...(isCut && cuts.params) },
  };
}

/** The order of cursors with equal times: how many of all are not after each. */
export function rankQuery(cursors: Cursors): Sql {
  const { sql, params } = withCuts(cursors);
  return { sql: `${sql} SELECT arrayMap(c -> arrayCount(d -> d <= c, cuts), cuts) AS ranks`, params };
}
