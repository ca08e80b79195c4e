import { parentPort, workerData } from "node:worker_threads";
import { messageOf } from "../core/finding";
import { measure } from "../core/measure";
import type { How } from "../core/rows/how";
import { openPlace, type PlaceData } from "./places";
import { nodeTools } from "./tools";

export interface Request {
  id: number;
  name: string;
  how: How | null;
}

/** Measures objects on a thread of its own, one at a time. */
export function serveMeasurements(): void {
  const place = openPlace(workerData as PlaceData);
  parentPort?.on("message", async ({ id, name, how }: Request) => {
    try {
      parentPort?.postMessage({ id, measured: await measure(place.read(name), how, nodeTools) });
    } catch (error) {
      parentPort?.postMessage({ id, error: messageOf(error) });
    }
  });
}
