import { boundaryAfter, boundaryAtOrBefore } from "./boundaries";
import type { Bounds, Timeline, Window } from "./types";
import { clip } from "./windows";

/** When a schedule did not run: from `startedAt` until just before `endedAt`, null while it lasts. */
export interface Rest {
  startedAt: Date;
  endedAt: Date | null;
}

interface Asked {
  timeline: Timeline;
  bounds: Bounds;
  /** Every window that ended by then is handled. */
  dueFrom: Date;
  rests: readonly Rest[];
  /** Windows that already have a run. */
  done: readonly Window[];
  now: Date;
  limit: number;
}

/** A due window, clipped to the bounds, with the boundary that it ended at. */
export interface DueWindow extends Window {
  boundary: Date;
}

/**
 * The windows that are due by `now`, oldest first, at most `limit`, and the time up to which windows are handled once
 * these start. A window is due if it has ended, lies within the bounds, has no run, and did not end during a rest.
 * While a rest lasts, the windows it covers are not known yet, so they are neither due nor handled. `once` is never
 * due.
 */
export function dueWindows(asked: Asked): { windows: DueWindow[]; dueFrom: Date } {
  const { timeline, bounds, rests, done, now, limit } = asked;
  const windows: DueWindow[] = [];
  let dueFrom = firstMoment(asked);
  if (timeline.every === "once") return { windows, dueFrom };
  let boundary = boundaryAfter(timeline, dueFrom);
  while (boundary <= now && windows.length < limit) {
    const start = boundaryAtOrBefore(timeline, before(boundary));
    if (bounds.endAt && start >= bounds.endAt) return { windows, dueFrom: boundaryAtOrBefore(timeline, now) };
    const until = restUntil(rests, boundary, now);
    if (until === null) break;
    const window = clip({ start, end: boundary }, bounds);
    if (!until && window && !isDone(done, window)) windows.push({ ...window, boundary });
    dueFrom = until ?? boundary;
    boundary = boundaryAfter(timeline, dueFrom);
  }
  return { windows, dueFrom };
}

const before = (time: Date) => new Date(time.getTime() - 1);

/** No window that ends before the start date is due. */
function firstMoment({ dueFrom, bounds: { startAt }, now }: Asked): Date {
  if (!startAt) return dueFrom;
  const reached = startAt <= now ? startAt : now;
  return reached > dueFrom ? reached : dueFrom;
}

/**
 * The last moment of the rest that contains `time`, or `now` if earlier; null while the rest lasts, undefined without
 * one.
 */
function restUntil(rests: readonly Rest[], time: Date, now: Date): Date | null | undefined {
  const found = rests.filter(({ startedAt, endedAt }) => startedAt <= time && (!endedAt || time < endedAt));
  if (found.length === 0) return undefined;
  const ended = found.flatMap(({ endedAt }) => (endedAt ? [endedAt.getTime() - 1] : []));
  return ended.length === 0 ? null : new Date(Math.min(now.getTime(), Math.max(...ended)));
}

/** A run that ends earlier has not exported the whole window. */
const isDone = (done: readonly Window[], { start, end }: Window): boolean =>
  done.some((run) => run.start.getTime() === start.getTime() && run.end >= end);
