import { formatInterval } from "@/lib/client/format";
import type { Schedule } from "@/lib/fields/schedule";
import type { Export } from "@/lib/schemas/export";
import { boundsOf, changeSchedule, clip, isSameSchedule } from "@/lib/windows";

type Stored = Pick<Export, "schedule" | "pastSchedules" | "startAt" | "endAt">;

/** How a schedule change affects the next window of a saved export, in words; null if nothing changes. */
export function rescheduleWords(stored: Stored, next: Schedule, now: Date): string | null {
  const once = stored.schedule.every === "once" || next.every === "once";
  if (once || isSameSchedule(stored.schedule, next)) return null;
  const { bridge } = changeSchedule({ ...stored.schedule, past: stored.pastSchedules }, next, now);
  const carried = clip(bridge, boundsOf(stored, now));
  if (!carried)
    return "The schedule changes, but no more windows will be exported: nothing is left within the export’s dates.";
  const range = formatInterval(carried.start.toISOString(), carried.end.toISOString());
  return `The next window covers ${range} UTC: from the old schedule’s last boundary to the new one’s next. No gap, no overlap. Windows already exported don’t change.`;
}
