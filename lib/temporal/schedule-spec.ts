import type { ScheduleSpec } from "@temporalio/client";
import { FIXED_PERIODS, type Schedule } from "../fields/schedule";
import { savedZone } from "../fields/time-zone";
import { type Bounds, boundaryAfter } from "../windows";

const DAYS = ["SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"] as const;

function calendar({ every, timezone, atHour, atWeekday }: Schedule): ScheduleSpec {
  const dayOfWeek = every === "week" ? { dayOfWeek: DAYS[atWeekday]! } : {};
  return { calendars: [{ minute: 0, second: 0, hour: atHour, ...dayOfWeek }], timezone: savedZone(timezone) };
}

/**
 * When Temporal fires an export: at its windows' ends, in its time zone. A firing only asks what is due, so a wrong,
 * duplicate, or missing one does no harm. Where daylight saving skips the hour of a day, none comes, and reconciliation
 * starts the run a minute later.
 */
export function scheduleSpec(schedule: Schedule, bounds: Bounds): ScheduleSpec {
  const length = FIXED_PERIODS[schedule.every];
  return {
    ...(length ? { intervals: [{ every: length }] } : calendar(schedule)),
    ...(bounds.startAt && { startAt: bounds.startAt }),
    // The last window may extend past the end date. It is due at its own end and clipped when it runs.
    ...(bounds.endAt && { endAt: boundaryAfter(schedule, new Date(bounds.endAt.getTime() - 1)) }),
  };
}
