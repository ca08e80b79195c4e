import type { Schedule } from "@/lib/fields/schedule";
import type { Export } from "@/lib/schemas/export";
import { changeSchedule, isSameSchedule, type Timeline } from "@/lib/windows";

/** The schedules of a saved export. */
export type Scheduled = Pick<Export, "schedule" | "pastSchedules">;

/** The form's schedule after the past schedules of a saved export, as it would be after saving. */
export function formTimeline(stored: Scheduled | undefined, schedule: Schedule, now: Date): Timeline {
  if (!stored || schedule.every === "once" || stored.schedule.every === "once") return schedule;
  const past = stored.pastSchedules;
  if (isSameSchedule(stored.schedule, schedule)) return { ...schedule, past };
  return { ...schedule, past: changeSchedule({ ...stored.schedule, past }, schedule, now).past };
}
