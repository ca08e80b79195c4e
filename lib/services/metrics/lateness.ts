import { clip, currentWindow, type Timeline, type Window, windowEndingAt, windowsIn } from "@/lib/windows";

/** An export whose schedule is meant to run, with what the ledger has of it. */
export interface ActiveExport {
  projectId: string;
  schedule: Timeline;
  startAt: Date | null;
  endAt: Date | null;
  createdAt: Date;
  /** Up to where its windows are committed without a gap; null before its first run. */
  committedUpTo: Date | null;
  /** The newest run that its schedule began. */
  lastScheduled: { intervalStart: Date; intervalEnd: Date; createdAt: Date } | null;
}

/** For how many ms the oldest window that is not committed has been over; 0 when none is. */
export function uncommittedAge(exported: ActiveExport, now: Date): number {
  const from = exported.committedUpTo ?? currentWindow(exported.schedule, exported.createdAt).start;
  for (const { start, end } of windowsIn(exported.schedule, { start: from, end: now }, exported)) {
    if (end > now) return 0;
    // What begins before is the window that ends there: committed.
    if (start >= from || exported.committedUpTo === null) return now.getTime() - end.getTime();
  }
  return 0;
}

/** By how many ms the schedule is behind: since the newest window's end without a run, else as late as its run began. */
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
