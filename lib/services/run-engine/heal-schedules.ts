import { getDb } from "@/lib/db/client";
import { exports } from "@/lib/db/schema";
import { getTemporal } from "@/lib/temporal/client";
import { removeSchedule, syncSchedule } from "@/lib/temporal/schedules";

/**
 * Brings Temporal's schedules in line with the exports: a call that timed out may have been carried out all the same, or not.
 * Schedules of others in the namespace are left alone. Answers with how many it changed.
 */
export async function healSchedules(): Promise<number> {
  const paused = new Map<string, boolean>();
  for await (const { scheduleId, state } of getTemporal().schedule.list()) paused.set(scheduleId, state.paused);
  // Read after Temporal: an export that was made in between has its schedule already, at worst it is synced once more.
  const rows = await getDb().select().from(exports);
  let changed = 0;
  for (const row of rows) {
    const has = paused.get(row.id);
    if (row.deletedAt ? has === undefined : has === row.paused) continue;
    if (row.deletedAt) await removeSchedule(row.id);
    else await syncSchedule(row);
    changed += 1;
  }
  return changed;
}
