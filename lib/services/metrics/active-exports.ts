import { sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { PastSchedule, Schedule } from "@/lib/schemas/schedule";
import type { ActiveExport } from "./lateness";

interface Found extends Record<string, unknown> {
  project_id: string;
  schedule: Schedule;
  past_schedules: PastSchedule[];
  start_at: string | null;
  end_at: string | null;
  created_at: string;
  committed_up_to: string | null;
  last_start: string | null;
  last_end: string | null;
  last_created: string | null;
}

/**
 * Every export that is not paused and whose connection is verified and switched on. A gap in its committed windows is looked
 * for from the first run of the last 30 days on that the schedule was there for, as catching up does.
 */
export async function activeExports(): Promise<ActiveExport[]> {
  const { rows } = await getDb().execute<Found>(sql`
    select e.project_id, e.schedule, e.past_schedules, e.start_at, e.end_at, e.created_at, gap.committed_up_to,
      last.interval_start as last_start, last.interval_end as last_end, last.created_at as last_created
    from exports e
    join connections c on c.id = e.connection_id and c.verified_at is not null and c.automatic and c.deleted_at is null
    left join lateral (
      select min(interval_start) as start from runs
      where export_id = e.id and historic_export_id is null and interval_start >= now() - interval '30 days'
    ) as first on true
    left join lateral (
      select coalesce(min(reached) filter (where interval_start > reached), max(interval_end), first.start)
        as committed_up_to
      from (
        select interval_start, interval_end, coalesce(
          max(interval_end) over (order by interval_start rows between unbounded preceding and 1 preceding),
          first.start) as reached
        from runs where export_id = e.id and state = 'Completed' and interval_start >= first.start
      ) as done
    ) as gap on true
    left join lateral (
      select interval_start, interval_end, created_at from runs
      where export_id = e.id and trigger = 'schedule' order by interval_start desc limit 1
    ) as last on true
    where not e.paused and e.deleted_at is null and e.schedule ->> 'every' <> 'once'`);
  return rows.map(toActive);
}

const time = (value: string | null) => (value === null ? null : new Date(value));

function toActive(row: Found): ActiveExport {
  const [start, end, created] = [time(row.last_start), time(row.last_end), time(row.last_created)];
  return {
    projectId: row.project_id,
    schedule: { ...row.schedule, past: row.past_schedules },
    startAt: time(row.start_at),
    endAt: time(row.end_at),
    createdAt: new Date(row.created_at),
    committedUpTo: time(row.committed_up_to),
    lastScheduled: start && end && created && { intervalStart: start, intervalEnd: end, createdAt: created },
  };
}
