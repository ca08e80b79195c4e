import type { Tx } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { loadRests, timelineOf } from "@/lib/services/schedules";
import { dueWindows } from "@/lib/windows";

/**
 * Returns the time up to which an export's windows are done before its dates change, so that windows that ended outside
 * the old dates do not become due. While a due window still waits for its run, the stored time stays.
 */
export async function doneWith(tx: Tx, stored: ExportRow, now: Date): Promise<Date> {
  const rests = await loadRests(tx, stored);
  const asked = { timeline: timelineOf(stored), bounds: stored, dueFrom: stored.dueFrom, rests, done: [], now };
  const { windows, dueFrom } = dueWindows({ ...asked, limit: 1 });
  return windows.length > 0 ? stored.dueFrom : dueFrom;
}
