import { sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";

export interface ExportTotals {
  lastSuccessAt: Date | null;
  /** Rows that runs wrote in the last 24 hours, whenever their windows ended; each window counts once. */
  rowsLast24h: number;
  activeRuns: number;
  activeHistoricExports: number;
}

interface Found extends Record<string, unknown> {
  id: string;
  last_success_at: string | null;
  rows_last_24h: string;
  active_runs: number;
  active_historic_exports: number;
}

/** Per-export totals for the list of exports, in one query. */
export async function exportTotals(exportIds: string[]): Promise<Map<string, ExportTotals>> {
  if (exportIds.length === 0) return new Map();
  const { rows } = await getDb().execute<Found>(sql`
    select e.id,
      (select finished_at from runs where export_id = e.id and state = 'Completed'
        order by created_at desc limit 1) as last_success_at,
      (select coalesce(sum(w.rows), 0) from (
        select distinct on (interval_start) rows from runs
        where export_id = e.id and state = 'Completed'
          and finished_at > now() - interval '24 hours' and created_at > now() - interval '10 days'
        order by interval_start, created_at desc) w) as rows_last_24h,
      (select count(*)::int from runs where export_id = e.id and state in ('Starting', 'Running')) as active_runs,
      (select count(*)::int from historic_exports where export_id = e.id and state in ('Starting', 'Running'))
        as active_historic_exports
    from unnest(${sql.param(exportIds)}::uuid[]) as e(id)`);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        lastSuccessAt: row.last_success_at === null ? null : new Date(row.last_success_at),
        rowsLast24h: Number(row.rows_last_24h),
        activeRuns: row.active_runs,
        activeHistoricExports: row.active_historic_exports,
      },
    ]),
  );
}
