import type { SourceTable } from "../rows/tables/types";
import { WINDOW_END } from "../rows/tables/window";
import { queryRows, type Source } from "./client";
import { clickhouseTime, micros } from "./time";

/**
 * When a project's first row arrived in any of these tables before `end`; null if none did. Gives up after 10 s. Throws
 * an `ExportError`.
 */
export async function firstArrival(
  source: Source,
  args: { models: readonly SourceTable[]; sourceProjectId: number; end: Date },
  signal?: AbortSignal,
): Promise<Date | null> {
  const firsts = args.models.map(
    ({ table }) =>
      // Reads in primary key order, so it stops at the first row.
      `(SELECT inserted_at AS at FROM ${table} WHERE project_id = {project:UInt32} AND inserted_at < ${WINDOW_END} ORDER BY inserted_at LIMIT 1)`,
  );
  const first = `toUnixTimestamp64Milli(toDateTime64(min(at), 6, 'UTC'))`;
  const query = `SELECT count() AS found, ${first} AS first FROM (${firsts.join(" UNION ALL ")})`;
  const params = { project: args.sourceProjectId, end: clickhouseTime(micros(args.end)) };
  const [row] = await queryRows<{ found: string; first: string }>(source, query, {
    params,
    settings: { max_execution_time: 10 },
    signal,
  });
  return Number(row?.found ?? 0) === 0 ? null : new Date(Number(row?.first));
}
