import type { ExportRow } from "@/lib/db/rows";
import { invalidField } from "@/lib/errors";
import type { Schedule } from "@/lib/fields/schedule";
import { timelineOf } from "@/lib/services/schedules";
import { changeSchedule, isSameSchedule } from "@/lib/windows";

/**
 * Returns the changed schedule. Past windows keep their bounds; one window bridges old and new. Throws a 422 for a
 * switch to or from `once`.
 */
export function rescheduled(
  stored: ExportRow,
  schedule: Schedule,
  now: Date,
): Pick<ExportRow, "schedule" | "pastSchedules"> {
  const { pastSchedules } = stored;
  if (isSameSchedule(stored.schedule, schedule)) return { schedule, pastSchedules };
  if (stored.schedule.every === "once" || schedule.every === "once") {
    const message = "An export can't change between once and a schedule. Duplicate the export instead.";
    throw invalidField("schedule.every", message);
  }
  return { schedule, pastSchedules: changeSchedule(timelineOf(stored), schedule, now).past };
}
