import { parentPort, workerData } from "node:worker_threads";
import { messageOf } from "../core/finding";
import { type Measured, measure } from "../core/measure";
import type { How } from "../core/rows/how";
import { openPlace, type PlaceData } from "./places";
import { nodeTools } from "./tools";

export interface Request {
  name: string;
  how: How | null;
}

export type Answer = Measured | { error: string };

/** Measures objects on a thread of its own, one at a time. */
export function serveMeasurements(): void {
  const place = openPlace(workerData as PlaceData);
  parentPort?.on("message", async ({ name, how }: Request) => {
    try {
      parentPort?.postMessage((await measure(place.read(name), how, nodeTools)) satisfies Answer);
    } catch (error) {
      parentPort?.postMessage({ error: messageOf(error) } satisfies Answer);
    }
  });
}
