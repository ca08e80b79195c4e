import { TZDate } from "@date-fns/tz";
import type { Schedule } from "../fields/schedule";
import { FIXED_PERIODS } from "../fields/schedule-periods";
import { DAY } from "../units";
import type { Timeline, Window } from "./types";

/** Bounds of the only window of `once`: nothing was ingested before, and nothing will be after. */
const BEGINNING = new Date("1970-01-01T00:00:00Z");
const END = new Date("2200-01-01T00:00:00Z");

/**
 * The schedule's hour of a day, on its zone's clock. If daylight saving skips that hour, the first one after the gap.
 */
function dayBoundary(schedule: Schedule, year: number, month: number, day: number): Date {
  const local = new TZDate(year, month, day, schedule.atHour, 0, 0, schedule.timezone);
  return new Date(local.getTime());
}

/** The boundary on `time`'s day or, for weeks, on the last scheduled weekday up to it, shifted by `periods`. */
function calendarBoundary(schedule: Schedule, time: Date, periods: number): Date {
  const local = new TZDate(time.getTime(), schedule.timezone);
  const [year, month, day] = [local.getFullYear(), local.getMonth(), local.getDate()];
  if (schedule.every === "day") return dayBoundary(schedule, year, month, day + periods);
  const back = (local.getDay() - schedule.atWeekday + 7) % 7;
  return dayBoundary(schedule, year, month, day - back + 7 * periods);
}

function plainAtOrBefore(schedule: Schedule, time: Date): Date {
  if (schedule.every === "once") return time < END ? BEGINNING : END;
  const length = FIXED_PERIODS[schedule.every];
  if (length) return new Date(Math.floor(time.getTime() / length) * length);
  const near = calendarBoundary(schedule, time, 0);
  return near <= time ? near : calendarBoundary(schedule, time, -1);
}

function plainAfter(schedule: Schedule, time: Date): Date {
  if (schedule.every === "once") return END;
  const length = FIXED_PERIODS[schedule.every];
  if (length) return new Date(plainAtOrBefore(schedule, time).getTime() + length);
  const near = calendarBoundary(schedule, time, 0);
  return near > time ? near : calendarBoundary(schedule, time, 1);
}

/** The last change of a timeline, and the timeline before it. */
function lastChange({ past = [] }: Timeline) {
  const last = past.at(-1);
  if (!last) return null;
  const before: Timeline = { ...last.schedule, past: past.slice(0, -1) };
  return { before, until: new Date(last.until), changedAt: new Date(last.changedAt) };
}

/**
 * The newest boundary that is not after `time`. When a schedule changes, its last window ends at its last boundary
 * before the change, and the next window reaches to the new schedule's first boundary after it: no gap, no overlap.
 */
export function boundaryAtOrBefore(timeline: Timeline, time: Date): Date {
  const found = plainAtOrBefore(timeline, time);
  const change = lastChange(timeline);
  if (!change || found > change.changedAt) return found;
  return time >= change.until ? change.until : boundaryAtOrBefore(change.before, time);
}

/** The first boundary after `time`. */
export function boundaryAfter(timeline: Timeline, time: Date): Date {
  const change = lastChange(timeline);
  if (!change) return plainAfter(timeline, time);
  if (time < change.until) {
    // The last old window ends at one of its own boundaries, so none reaches past it.
    return boundaryAfter(change.before, time);
  }
  return plainAfter(timeline, time > change.changedAt ? time : change.changedAt);
}

/** Counts the boundaries between two times, both exclusive. */
export function countBoundaries(timeline: Timeline, { start, end }: Window): number {
  const change = lastChange(timeline);
  if (!change) return plainCount(timeline, start, end);
  const { before, until, changedAt } = change;
  const afterUntil = new Date(until.getTime() + 1);
  const old = start < until ? countBoundaries(before, { start, end: end < afterUntil ? end : afterUntil }) : 0;
  const from = start > changedAt ? start : changedAt;
  return old + (from < end ? plainCount(timeline, from, end) : 0);
}

const PERIODS = { day: DAY, week: 7 * DAY };

/** Days differ from 24 hours by less than half: a zone that skips a date at the date line skips no hours. */
function plainCount(schedule: Schedule, start: Date, end: Date): number {
  if (schedule.every === "once") return start < END && END < end ? 1 : 0;
  const last = new Date(end.getTime() - 1);
  const length = FIXED_PERIODS[schedule.every];
  if (length) return Math.floor(last.getTime() / length) - Math.floor(start.getTime() / length);
  const between = plainAtOrBefore(schedule, last).getTime() - plainAtOrBefore(schedule, start).getTime();
  return Math.round(between / PERIODS[schedule.every as keyof typeof PERIODS]);
}
