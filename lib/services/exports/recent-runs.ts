import { sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { RunState } from "@/lib/fields/run-state";

/** Windows in an export's strip of recent states. */
const STRIP = 24;

export interface RecentRun {
  id: string;
  state: RunState;
  intervalStart: Date;
  intervalEnd: Date;
  rows: number | null;
}

interface Found extends Record<string, unknown> {
  export_id: string;
  id: string;
  state: RunState;
  interval_start: string;
  interval_end: string;
  rows: string | null;
}

/**
 * The newest run of each of several exports' last windows, newest window last, in one query. The fence says which run of
 * a window is the newest: two may have the same `created_at`, and the clock may have been set back between them.
 */
export async function recentRuns(exportIds: string[]): Promise<Map<string, RecentRun[]>> {
  const byExport = new Map<string, RecentRun[]>(exportIds.map((id) => [id, []]));
  if (exportIds.length === 0) return byExport;
  const { rows } = await getDb().execute<Found>(sql`
    select r.* from unnest(${sql.param(exportIds)}::uuid[]) as e(id), lateral (
      select distinct on (interval_start) export_id, id, state, interval_start, interval_end, rows from runs
      where export_id = e.id order by interval_start desc, fence desc limit ${STRIP}
    ) r order by r.interval_start`);
  for (const row of rows) byExport.get(row.export_id)?.push(toRecent(row));
  return byExport;
}

const toRecent = (row: Found): RecentRun => ({
  id: row.id,
  state: row.state,
  intervalStart: new Date(row.interval_start),
  intervalEnd: new Date(row.interval_end),
  rows: row.rows === null ? null : Number(row.rows),
});
