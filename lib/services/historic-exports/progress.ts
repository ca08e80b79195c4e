import { sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";

export interface Progress {
  windowsCompleted: number;
  windowsFailed: number;
  windowsCancelled: number;
  windowsRunning: number;
  rows: number;
}

interface Found extends Record<string, unknown> {
  id: string;
  completed: number;
  failed: number;
  cancelled: number;
  running: number;
  rows: string;
}

/** The progress of historic exports, by each window's newest run, in one query. */
export async function historicProgress(ids: string[]): Promise<Map<string, Progress>> {
  if (ids.length === 0) return new Map();
  const { rows } = await getDb().execute<Found>(sql`
    select w.historic_export_id as id,
      (count(*) filter (where state = 'Completed'))::int as completed,
      (count(*) filter (where state = 'Failed'))::int as failed,
      (count(*) filter (where state = 'Cancelled'))::int as cancelled,
      (count(*) filter (where state in ('Starting', 'Running')))::int as running,
      coalesce(sum(rows) filter (where state = 'Completed'), 0) as rows
    from (
      select distinct on (historic_export_id, interval_start) historic_export_id, state, rows from runs
      where historic_export_id = any(${sql.param(ids)}::uuid[])
      order by historic_export_id, interval_start, created_at desc
    ) w group by w.historic_export_id`);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        windowsCompleted: row.completed,
        windowsFailed: row.failed,
        windowsCancelled: row.cancelled,
        windowsRunning: row.running,
        rows: Number(row.rows),
      },
    ]),
  );
}
