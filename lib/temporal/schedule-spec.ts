import type { ScheduleSpec } from "@temporalio/client";
import type { Schedule } from "../schemas/schedule";
import { type Bounds, boundaryAfter } from "../windows";

const HOURS = { start: 0, end: 23 } as const;

/**
 * When Temporal fires an export: at every end of a window, in the export's time zone. Days are calendar specs, because
 * interval specs know no time zone. A day whose hour daylight saving skips fires with the hour after it; a run asks for the
 * window of its boundary, so a second firing of the same boundary finds its window already taken.
 */
export function scheduleSpec(schedule: Schedule, bounds: Bounds): ScheduleSpec {
  const hour = schedule.every === "hour" ? HOURS : schedule.atHour;
  return {
    calendars: [{ minute: 0, second: 0, hour }],
    timezone: schedule.every === "hour" ? "UTC" : schedule.timezone,
    startAt: bounds.startAt ?? undefined,
    // The last window may reach past the end date: it still fires at its own end, and is cut when it runs.
    endAt: bounds.endAt ? boundaryAfter(schedule, new Date(bounds.endAt.getTime() - 1)) : undefined,
  };
}
