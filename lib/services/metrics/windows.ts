import { type SQL, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { PastSchedule, Schedule } from "@/lib/fields/schedule";
import { clip, countWindows } from "@/lib/windows";

interface Overdue extends Record<string, unknown> {
  schedule: Schedule;
  past_schedules: PastSchedule[];
  due_from: string;
  start_at: string | null;
  end_at: string | null;
  exports: string;
}

const STATES = ["committed", "broken", "running", "failed", "cancelled"];

/** Counts windows by state, from the ledger alone. */
export async function windowsByState(now: Date): Promise<ReadonlyMap<string, number>> {
  const [{ rows }, missing] = await Promise.all([
    getDb().execute<{ state: string; count: string }>(sql`${RECEIPTS} union all ${RUNNING} union all ${ENDED}`),
    missingWindows(now),
  ]);
  const found = rows.map(({ state, count }) => [state, Number(count)] as const);
  return new Map([...STATES.map((state) => [state, 0] as const), ...found, ["missing", missing]]);
}

const RECEIPTS: SQL = sql`
  select case when is_broken then 'broken' else 'committed' end as state, count(*) from watched_runs group by 1`;

const RUNNING: SQL = sql`select 'running', count(*) from runs where state in ('Starting', 'Running')`;

/** Windows whose newest run of the last day failed or was canceled. Per project, as the index has them. */
const ENDED: SQL = sql`
  select lower(r.state), count(*)
  from projects p cross join lateral (
    select state, export_id, interval_start, fence from runs
    where project_id = p.id and state in ('Failed', 'Cancelled') and created_at > now() - interval '1 day'
  ) r
  where not exists (select 1 from runs o where o.export_id = r.export_id and o.interval_start = r.interval_start
    and (o.fence > r.fence or (o.state = 'Completed' and o.superseded_by is null)))
  group by 1`;

/** Windows of active exports that have ended without a run. */
async function missingWindows(now: Date): Promise<number> {
  const { rows } = await getDb().execute<Overdue>(sql`
    select e.schedule, e.past_schedules, e.due_from, e.start_at, e.end_at, count(*) as exports
    from exports e join connections c on c.id = e.connection_id and c.verified_at is not null and c.automatic
    where not e.paused and e.deleted_at is null and e.schedule ->> 'every' <> 'once' and e.due_from < now()
    group by 1, 2, 3, 4, 5`);
  return rows.reduce((sum, row) => sum + overdueOf(row, now) * Number(row.exports), 0);
}

function overdueOf({ schedule, past_schedules: past, due_from, start_at, end_at }: Overdue, now: Date): number {
  const bounds = { startAt: start_at ? new Date(start_at) : null, endAt: end_at ? new Date(end_at) : null };
  const range = clip({ start: new Date(due_from), end: now }, bounds);
  if (!range) return 0;
  // The last one is still open, unless the export has ended.
  const open = bounds.endAt && bounds.endAt <= now ? 0 : 1;
  return Math.max(0, countWindows({ ...schedule, past }, range, bounds) - open);
}
