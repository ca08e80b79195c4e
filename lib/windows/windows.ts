import { boundaryAfter, boundaryAtOrBefore, countBoundaries } from "./boundaries";
import type { Bounds, Timeline, Window } from "./types";

const later = (a: Date, b: Date | null) => (b && b > a ? b : a);
const earlier = (a: Date, b: Date | null) => (b && b < a ? b : a);

/** Clips a window to the export's bounds; null if nothing remains. */
export function clip(window: Window, bounds: Bounds): Window | null {
  const start = later(window.start, bounds.startAt);
  const end = earlier(window.end, bounds.endAt);
  return start < end ? { start, end } : null;
}

/** The window that contains `time`. */
export function currentWindow(schedule: Timeline, time: Date): Window {
  return { start: boundaryAtOrBefore(schedule, time), end: boundaryAfter(schedule, time) };
}

/** The last whole window that ends at or before `scheduledTime`. */
export function windowEndingAt(schedule: Timeline, scheduledTime: Date): Window {
  const end = boundaryAtOrBefore(schedule, scheduledTime);
  return { start: boundaryAtOrBefore(schedule, new Date(end.getTime() - 1)), end };
}

/**
 * The newest window that has ended by `now`, clipped to the bounds; for `once`, its only one. Null if there is none.
 */
export function newestWindow(schedule: Timeline, bounds: Bounds, now: Date): Window | null {
  return clip(schedule.every === "once" ? currentWindow(schedule, now) : windowEndingAt(schedule, now), bounds);
}

/** The windows that overlap a range, oldest first, each clipped to the export's bounds but not to the range. */
export function* windowsIn(schedule: Timeline, range: Window, bounds: Bounds): Generator<Window> {
  // Skips everything outside the bounds: a range may be centuries long.
  const part = clip(range, bounds);
  if (!part) return;
  let window = currentWindow(schedule, part.start);
  while (window.start < part.end) {
    const clipped = clip(window, bounds);
    if (clipped) yield clipped;
    window = { start: window.end, end: boundaryAfter(schedule, window.end) };
  }
}

/** How many windows `windowsIn` yields, without iterating. */
export function countWindows(schedule: Timeline, range: Window, bounds: Bounds): number {
  const part = clip(range, bounds);
  return part ? countBoundaries(schedule, part) + 1 : 0;
}

/**
 * The exportable part of a range: widened to whole windows, so that each replaces itself; clipped to the export's
 * bounds and to the end of the last window that has ended by `now`. Null if nothing remains.
 */
export function alignRange(schedule: Timeline, range: Window, bounds: Bounds, now: Date): Window | null {
  const start = boundaryAtOrBefore(schedule, range.start);
  const end = boundaryAfter(schedule, new Date(range.end.getTime() - 1));
  return clip({ start, end: earlier(end, lastEnd(schedule, bounds, now)) }, bounds);
}

/** When the newest window ended: a boundary, or the export's end date if that has passed. */
function lastEnd(schedule: Timeline, bounds: Bounds, now: Date): Date {
  return bounds.endAt && bounds.endAt <= now ? bounds.endAt : boundaryAtOrBefore(schedule, now);
}

/**
 * When the next scheduled run is due: at the end of the current period, or of the first one after the start date. Null
 * after the last one, and for `once`.
 */
export function nextRunAt(schedule: Timeline, bounds: Bounds, now: Date): Date | null {
  if (schedule.every === "once") return null;
  const window = currentWindow(schedule, later(now, bounds.startAt));
  return clip(window, bounds) ? window.end : null;
}
