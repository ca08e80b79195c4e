import { setImmediate as turn } from "node:timers/promises";
import { type Bounds, type Timeline, type Window, windowsIn } from "@/lib/windows";

/** So many windows take some 10 ms where their boundaries are times of the clock. */
const BATCH = 100;

/** The windows that `windowsIn` yields. Other requests have their turn meanwhile. */
export async function listWindows(schedule: Timeline, range: Window, bounds: Bounds): Promise<Window[]> {
  const windows: Window[] = [];
  for (const window of windowsIn(schedule, range, bounds)) {
    windows.push(window);
    if (windows.length % BATCH === 0) await turn();
  }
  return windows;
}
