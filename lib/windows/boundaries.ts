import { TZDate } from "@date-fns/tz";
import { FIXED_PERIODS, type Schedule } from "../fields/schedule";
import { DAY } from "../units";
import type { Timeline, Window } from "./types";

/** Between these two, before which nothing was ingested and after which nothing will be, lies the only window of `once`. */
const BEGINNING = new Date("1970-01-01T00:00:00Z");
const END = new Date("2200-01-01T00:00:00Z");

/** The wall-clock hour of one day in the schedule's zone; an hour that daylight saving skips is the first one after the gap. */
function dayBoundary(schedule: Schedule, year: number, month: number, day: number): Date {
  const local = new TZDate(year, month, day, schedule.atHour, 0, 0, schedule.timezone);
  return new Date(local.getTime());
}

/** The day's boundary that a moment's day and, for a week, its weekday lead to, so many periods later. */
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

/** The last change of a timeline, with the timeline that it ended. */
function lastChange({ past = [] }: Timeline) {
  const last = past.at(-1);
  if (!last) return null;
  const before: Timeline = { ...last.schedule, past: past.slice(0, -1) };
  return { before, until: new Date(last.until), changedAt: new Date(last.changedAt) };
}

/**
 * The newest boundary between two windows that is not after `time`. Where a schedule was changed, its last window under the old
 * one ends at its last boundary before the change, and the next one reaches to the new one's first boundary after it: no gap, no
 * overlap.
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
    // The last of the old windows ends with a boundary of its own, so none reaches past it.
    return boundaryAfter(change.before, time);
  }
  return plainAfter(timeline, time > change.changedAt ? time : change.changedAt);
}

/** How many boundaries lie between two moments, both excluded. */
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

/** Days differ from 24 hours by less than half: a zone that skips a day on the date line skips no hours. */
function plainCount(schedule: Schedule, start: Date, end: Date): number {
  if (schedule.every === "once") return start < END && END < end ? 1 : 0;
  const last = new Date(end.getTime() - 1);
  const length = FIXED_PERIODS[schedule.every];
  if (length) return Math.floor(last.getTime() / length) - Math.floor(start.getTime() / length);
  const between = plainAtOrBefore(schedule, last).getTime() - plainAtOrBefore(schedule, start).getTime();
  return Math.round(between / PERIODS[schedule.every as keyof typeof PERIODS]);
}
