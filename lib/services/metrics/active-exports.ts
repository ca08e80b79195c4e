import { sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { PastSchedule, Schedule } from "@/lib/fields/schedule";
import { type ActiveExport, MOST_BEHIND } from "./lateness";

interface Found extends Record<string, unknown> {
  project_id: string;
  export_ids: string[];
  schedule: Schedule;
  past_schedules: PastSchedule[];
  start_at: string | null;
  end_at: string | null;
  made_at: string;
  committed_up_to: string | null;
  scheduled_start: string | null;
  scheduled_end: string | null;
  scheduled_at: string | null;
}

/**
 * Loads every scheduled export that is not paused and whose connection is verified and switched on. Like catching up,
 * looks for gaps from the first run of the last 30 days outside historic exports; what the last commit found stays
 * valid that long. Groups a project's exports that are alike in all that matters, with their latest run: there may be
 * thousands. The creation time matters only if nothing is committed, or if the newest window may predate it.
 */
export async function activeExports(): Promise<ActiveExport[]> {
  const { rows } = await getDb().execute<Found>(sql`
    select project_id, schedule, past_schedules, start_at, end_at, committed_up_to, scheduled_start, scheduled_end,
      case when committed_up_to is null or created_at > now() - interval '15 days' then created_at else 'epoch' end as made_at,
      max(scheduled_at) as scheduled_at, (array_agg(id))[1:${MOST_BEHIND}] as export_ids
    from (
      select e.id, e.project_id, e.schedule, e.past_schedules, e.start_at, e.end_at, e.created_at, e.scheduled_start, e.scheduled_end,
        e.scheduled_at, case when e.committed_up_to >= now() - interval '30 days' then e.committed_up_to
        else committed_lately(e.id) end as committed_up_to
      from exports e
      join connections c on c.id = e.connection_id and c.verified_at is not null and c.automatic and c.deleted_at is null
      where not e.paused and e.deleted_at is null and e.schedule ->> 'every' <> 'once'
    ) as active
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9`);
  return rows.map(toActive);
}

const time = (value: string | null) => (value === null ? null : new Date(value));

function toActive(row: Found): ActiveExport {
  const [start, end, created] = [time(row.scheduled_start), time(row.scheduled_end), time(row.scheduled_at)];
  return {
    projectId: row.project_id,
    exportIds: row.export_ids,
    schedule: { ...row.schedule, past: row.past_schedules },
    startAt: time(row.start_at),
    endAt: time(row.end_at),
    createdAt: new Date(row.made_at),
    committedUpTo: time(row.committed_up_to),
    lastScheduled: start && end && created && { intervalStart: start, intervalEnd: end, createdAt: created },
  };
}
