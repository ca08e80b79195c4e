import type { PastSchedule, Schedule } from "../fields/schedule";

/** A half-open range of ingestion time: `start` belongs to it, `end` does not. */
export interface Window {
  start: Date;
  end: Date;
}

/** Between which moments an export may carry data; null is open. */
export interface Bounds {
  startAt: Date | null;
  endAt: Date | null;
}

/** A schedule with those that the export had before it, oldest first. */
export type Timeline = Schedule & { past?: readonly PastSchedule[] };
