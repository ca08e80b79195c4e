import type { PastSchedule, Schedule } from "../fields/schedule";

/** A half-open range of ingestion time: `start` is inclusive, `end` is exclusive. */
export interface Window {
  start: Date;
  end: Date;
}

/** Times between which an export may carry data; null is unbounded. */
export interface Bounds {
  startAt: Date | null;
  endAt: Date | null;
}

/** A schedule with the export's earlier ones, oldest first. */
export type Timeline = Schedule & { past?: readonly PastSchedule[] };
