import { TZDate } from "@date-fns/tz";
import type { Schedule } from "../schemas/schedule";

const HOUR = 3_600_000;

/** The wall-clock hour of one day in the schedule's zone; an hour that daylight saving skips is the first one after the gap. */
function dayBoundary(schedule: Schedule, year: number, month: number, day: number): Date {
  const local = new TZDate(year, month, day, schedule.atHour, 0, 0, schedule.timezone);
  return new Date(local.getTime());
}

/** The newest boundary between two windows that is not after `time`. */
export function boundaryAtOrBefore(schedule: Schedule, time: Date): Date {
  if (schedule.every === "hour") return new Date(Math.floor(time.getTime() / HOUR) * HOUR);
  const local = new TZDate(time.getTime(), schedule.timezone);
  const [year, month, day] = [local.getFullYear(), local.getMonth(), local.getDate()];
  const today = dayBoundary(schedule, year, month, day);
  return today <= time ? today : dayBoundary(schedule, year, month, day - 1);
}

/** The first boundary after `time`. */
export function boundaryAfter(schedule: Schedule, time: Date): Date {
  if (schedule.every === "hour") return new Date(boundaryAtOrBefore(schedule, time).getTime() + HOUR);
  const local = new TZDate(time.getTime(), schedule.timezone);
  const [year, month, day] = [local.getFullYear(), local.getMonth(), local.getDate()];
  const today = dayBoundary(schedule, year, month, day);
  return today > time ? today : dayBoundary(schedule, year, month, day + 1);
}
