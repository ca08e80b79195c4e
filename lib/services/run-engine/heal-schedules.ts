import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { connections, exports } from "@/lib/db/schema";
import { isResting } from "@/lib/services/exports/blocked";
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
  const rows = await getDb()
    .select({ spec: exports, connection: connections })
    .from(exports)
    .innerJoin(connections, eq(connections.id, exports.connectionId));
  let changed = 0;
  for (const { spec, connection } of rows) {
    const [has, resting] = [paused.get(spec.id), isResting(spec, connection)];
    const hasNone = spec.deletedAt !== null || spec.schedule.every === "once";
    if (hasNone ? has === undefined : has === resting) continue;
    if (hasNone) await removeSchedule(spec.id);
    else await syncSchedule(spec, resting);
    changed += 1;
  }
  return changed;
}
