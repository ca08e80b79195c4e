import type { CreateExport } from "@/lib/schemas/export";
import { MINUTE } from "@/lib/units";
import { clip, currentWindow, type Timeline, type Window } from "@/lib/windows";

type Timing = Pick<CreateExport, "schedule" | "startAt" | "endAt">;

/** The dates between which an export carries data; what runs once and has no end ends with the minute that it is made in. */
export function boundsOf({ schedule, startAt, endAt }: Timing, now: Date) {
  const open = schedule.every === "once" ? new Date(Math.floor(now.getTime() / MINUTE) * MINUTE) : null;
  return { startAt: startAt ? new Date(startAt) : null, endAt: endAt ? new Date(endAt) : open };
}

/** The window that the time now lies in, to show its keys. */
export function exampleWindow(timing: Timing, timeline: Timeline, now: Date): Window {
  const whole = currentWindow(timeline, now);
  return clip(whole, boundsOf(timing, now)) ?? whole;
}
