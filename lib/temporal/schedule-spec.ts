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
 * When Temporal fires an export: at the end of its windows, in the export's time zone. A firing only asks what is due, so one
 * that comes at a wrong moment, twice or not at all does no harm: where daylight saving skips the hour of a day, none comes, and
 * reconciling starts the run a minute later.
 */
export function scheduleSpec(schedule: Schedule, bounds: Bounds): ScheduleSpec {
  const length = FIXED_PERIODS[schedule.every];
  return {
    ...(length ? { intervals: [{ every: length }] } : calendar(schedule)),
    startAt: bounds.startAt ?? undefined,
    // The last window may reach past the end date: it is due at its own end, and is cut when it runs.
    endAt: bounds.endAt ? boundaryAfter(schedule, new Date(bounds.endAt.getTime() - 1)) : undefined,
  };
}
