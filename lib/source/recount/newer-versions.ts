import { MINE, WINDOW_END } from "../../rows/tables/window";
import { queryRows, type Source } from "../client";
import { type Selection, windowParams } from "../predicate";

/**
 * How many persons that existed before a window's end have a version that arrived after it, or how many rows they make
 * if each of their IDs is a row. A source that keeps only the newest version no longer has their rows of the window.
 * Throws an `ExportError`.
 */
export async function newerVersions(source: Source, selection: Selection, signal?: AbortSignal): Promise<number> {
  const { table, unexpanded } = selection.model;
  const each = unexpanded ? "sum(greatest(1, length(distinct_ids)))" : "count()";
  const newest = `SELECT argMax(distinct_ids, version) AS distinct_ids FROM ${table} WHERE ${MINE} AND inserted_at >= ${WINDOW_END} AND created_at < ${WINDOW_END} GROUP BY person_id`;
  const [row] = await queryRows<{ persons: string }>(source, `SELECT ${each} AS persons FROM (${newest})`, {
    params: windowParams(selection),
    signal,
  });
  return Number(row?.persons ?? 0);
}
