import { setImmediate as turn } from "node:timers/promises";
import { type Bounds, type Timeline, type Window, windowsIn } from "@/lib/windows";

/** This many windows take some 10 ms if their boundaries are wall-clock times. */
const BATCH = 100;

/** Collects the windows of `windowsIn`, yielding to other requests in between. */
export async function listWindows(schedule: Timeline, range: Window, bounds: Bounds): Promise<Window[]> {
  const windows: Window[] = [];
  for (const window of windowsIn(schedule, range, bounds)) {
    windows.push(window);
    if (windows.length % BATCH === 0) await turn();
  }
  return windows;
}
