import type { PastSchedule, Schedule } from "../fields/schedule";
import { savedZone } from "../fields/time-zone";
import { boundaryAfter, boundaryAtOrBefore } from "./boundaries";
import type { Timeline, Window } from "./types";

const TIMED = new Set(["day", "week"]);

/** Whether two schedules have the same boundaries. */
export function isSameSchedule(a: Schedule, b: Schedule): boolean {
  if (a.every !== b.every) return false;
  if (!TIMED.has(a.every)) return true;
  const sameDay = a.every === "day" || a.atWeekday === b.atWeekday;
  return savedZone(a.timezone) === savedZone(b.timezone) && a.atHour === b.atHour && sameDay;
}

/**
 * An export's past after a change of schedule at `now`, and the window that bridges the two: from the old schedule's
 * last boundary to the new one's next.
 */
export function changeSchedule(before: Timeline, next: Schedule, now: Date): { past: PastSchedule[]; bridge: Window } {
  const { past = [], ...schedule } = before;
  const until = boundaryAtOrBefore(before, now);
  const changed = [...past, { schedule, until: until.toISOString(), changedAt: now.toISOString() }];
  const end = boundaryAfter({ ...next, past: changed }, now);
  return { past: changed, bridge: { start: until, end } };
}
