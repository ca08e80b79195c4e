import { sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";

/** What became of runs while an audit looked: a run that is missing has no current receipt any more. */
export type Still = ReadonlyMap<string, { isBusy: boolean }>;

/** Runs whose receipts are still current, and whether another run is at work on the window, or on one that overlaps it. */
export async function stillCurrent(db: Db, runIds: readonly string[]): Promise<Still> {
  const { rows } = await db.execute<{ id: string; isBusy: boolean }>(sql`
    select r.id, exists (select 1 from runs o where o.export_id = r.export_id and o.state in ('Starting', 'Running')
      and o.interval_start < r.interval_end and o.interval_end > r.interval_start) as "isBusy"
    from runs r where r.id = any(${sql.param([...runIds])}::uuid[]) and r.state = 'Completed' and r.superseded_by is null`);
  return new Map(rows.map(({ id, isBusy }) => [id, { isBusy }]));
}
