import type { Schedule } from "../fields/schedule";
import { MINUTE } from "../units";
import type { Bounds } from "./types";

interface Timing {
  schedule: Pick<Schedule, "every">;
  startAt: string | null;
  endAt: string | null;
}

/** The dates between which an export carries data. `once` without an end date ends at the start of this minute. */
export function boundsOf({ schedule, startAt, endAt }: Timing, now: Date): Bounds {
  const open = schedule.every === "once" ? new Date(Math.floor(now.getTime() / MINUTE) * MINUTE) : null;
  return { startAt: startAt ? new Date(startAt) : null, endAt: endAt ? new Date(endAt) : open };
}
