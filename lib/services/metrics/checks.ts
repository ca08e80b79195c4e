import { sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { checkCounters } from "@/lib/db/schema";
import type { Measured } from "./exposition";

interface Found extends Record<string, unknown> {
  overdue: number | null;
}

/**
 * How long ago the look that is most overdue was to be made. Looks that are under way, or that failed, are due again
 * within an hour, and don't count as made.
 */
const OVERDUE = sql`
  select extract(epoch from now() - min(least(w.next_look_at, next_look(w.committed_at, w.looked, e.checks -> 'source'))))::float8
    as overdue
  from watched_runs w join exports e on e.id = w.export_id
  where w.next_look_at <= now() + interval '1 hour' and e.deleted_at is null`;

/** Checks of committed windows by kind and outcome, and how overdue the next one is. */
export async function checkTotals(): Promise<Pick<Measured, "checks" | "uncheckedAge">> {
  const db = getDb();
  const [checks, { rows }] = await Promise.all([db.select().from(checkCounters), db.execute<Found>(OVERDUE)]);
  return { checks, uncheckedAge: Math.max(0, rows[0]?.overdue ?? 0) };
}
