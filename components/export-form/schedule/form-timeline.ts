import type { Schedule } from "@/lib/fields/schedule";
import type { Export } from "@/lib/schemas/export";
import { changeSchedule, isSameSchedule, type Timeline } from "@/lib/windows";

/** What a saved export brings with it. */
export type Scheduled = Pick<Export, "schedule" | "pastSchedules">;

/** The schedule of the form, after those that a saved export had before it: as it would be once it is saved. */
export function formTimeline(stored: Scheduled | undefined, schedule: Schedule, now: Date): Timeline {
  if (!stored || schedule.every === "once" || stored.schedule.every === "once") return schedule;
  const past = stored.pastSchedules;
  if (isSameSchedule(stored.schedule, schedule)) return { ...schedule, past };
  return { ...schedule, past: changeSchedule({ ...stored.schedule, past }, schedule, now).past };
}
