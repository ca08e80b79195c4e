import type { ScheduleSpec } from "@temporalio/client";
import { FIXED_PERIODS, type Schedule } from "../schemas/schedule";
import { type Bounds, boundariesInGaps, boundaryAfter } from "../windows";

const DAYS = ["SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"] as const;

const DAY = 86_400_000;
const LONG = 20_000;

/** An interval so long, counted from 1970 on, that it ends once in a lifetime: how a spec names a single moment. */
const once = (time: Date) => ({ every: `${LONG} days`, offset: time.getTime() - LONG * DAY }) as const;

function calendar({ every, timezone, atHour, atWeekday, ...rest }: Schedule): ScheduleSpec {
  const dayOfWeek = every === "week" ? { dayOfWeek: DAYS[atWeekday]! } : {};
  return {
    calendars: [{ minute: 0, second: 0, hour: atHour, ...dayOfWeek }],
    // From a year ago on: what was missed is caught up with for that long.
    intervals: boundariesInGaps({ every, timezone, atHour, atWeekday, ...rest }, new Date(Date.now() - 365 * DAY)).map(
      once,
    ),
    timezone,
  };
}

/**
 * When Temporal fires an export: at every end of a window, in the export's time zone. Days are calendar specs, because
 * interval specs know no time zone; a day whose hour daylight saving skips would be left out by them, so its boundary is
 * named. An hour that autumn has twice fires twice: a run asks for the window of its boundary, and finds it taken.
 */
export function scheduleSpec(schedule: Schedule, bounds: Bounds): ScheduleSpec {
  const length = FIXED_PERIODS[schedule.every];
  return {
    ...(length ? { intervals: [{ every: length }] } : calendar(schedule)),
    startAt: bounds.startAt ?? undefined,
    // The last window may reach past the end date: it still fires at its own end, and is cut when it runs.
    endAt: bounds.endAt ? boundaryAfter(schedule, new Date(bounds.endAt.getTime() - 1)) : undefined,
  };
}
