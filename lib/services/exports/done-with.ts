import type { Tx } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { loadRests, timelineOf } from "@/lib/services/schedules";
import { dueWindows } from "@/lib/windows";

/**
 * Up to where the windows of an export are done with before its dates change: what has ended outside the old dates does not
 * become due by the new ones. Where a due window still waits for its run, nothing is passed over.
 */
export async function doneWith(tx: Tx, stored: ExportRow, now: Date): Promise<Date> {
  const rests = await loadRests(tx, stored);
  const asked = { timeline: timelineOf(stored), bounds: stored, dueFrom: stored.dueFrom, rests, done: [], now };
  const { windows, dueFrom } = dueWindows({ ...asked, limit: 1 });
  return windows.length > 0 ? stored.dueFrom : dueFrom;
}
