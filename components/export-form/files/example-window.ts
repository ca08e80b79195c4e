import type { CreateExport } from "@/lib/schemas/export";
import { boundsOf, clip, currentWindow, type Timeline, type Window } from "@/lib/windows";

type Timing = Pick<CreateExport, "schedule" | "startAt" | "endAt">;

/** The window that contains `now`, for example keys. */
export function exampleWindow(timing: Timing, timeline: Timeline, now: Date): Window {
  const whole = currentWindow(timeline, now);
  return clip(whole, boundsOf(timing, now)) ?? whole;
}
