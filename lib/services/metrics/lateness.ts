import { clip, currentWindow, type Timeline, type Window, windowEndingAt, windowsIn } from "@/lib/windows";

/** An export whose schedule is active, with its ledger state. */
export interface ActiveExport {
  projectId: string;
  /** Ids of the exports that are alike; at most `MOST_BEHIND`. */
  exportIds: string[];
  schedule: Timeline;
  startAt: Date | null;
  endAt: Date | null;
  createdAt: Date;
  /** End of its gapless committed windows; null before the first run. */
  committedUpTo: Date | null;
  /** The newest run that the schedule started. */
  lastScheduled: { intervalStart: Date; intervalEnd: Date; createdAt: Date } | null;
}

/** How many exports have a metric of their own. Thousands would be a burden for Prometheus. */
export const MOST_BEHIND = 100;

/** Time since the oldest uncommitted window ended, in ms; 0 if there is none. */
export function uncommittedAge(exported: ActiveExport, now: Date): number {
  const from = exported.committedUpTo ?? currentWindow(exported.schedule, exported.createdAt).start;
  for (const { start, end } of windowsIn(exported.schedule, { start: from, end: now }, exported)) {
    if (end > now) return 0;
    // A window that starts earlier is the committed one.
    if (start >= from || exported.committedUpTo === null) return now.getTime() - end.getTime();
  }
  return 0;
}

/** The schedule's lag in ms: the time from the newest window's end to its run's creation, or to now without a run. */
export function scheduleLag(exported: ActiveExport, now: Date): number {
  const due = newestEnded(exported, now);
  if (!due || due.end <= exported.createdAt) return 0;
  const { lastScheduled: last } = exported;
  const began = last && last.intervalStart >= due.start ? last.createdAt : now;
  const end = last && last.intervalStart >= due.start ? last.intervalEnd : due.end;
  return Math.max(0, began.getTime() - end.getTime());
}

function newestEnded({ schedule, ...bounds }: ActiveExport, now: Date): Window | null {
  return clip(windowEndingAt(schedule, now), bounds);
}
