import { HOUR, MINUTE } from "../units";

/** Every schedule that an export can have. A window ends at its scheduled time; `once` has one window, no schedule. */
export const SCHEDULE_PERIODS = ["5m", "15m", "hour", "4h", "6h", "8h", "12h", "24h", "day", "week", "once"] as const;

/** Periods of a fixed length in ms, which start at midnight UTC. */
export const FIXED_PERIODS: Partial<Record<SchedulePeriod, number>> = {
  "5m": 5 * MINUTE,
  "15m": 15 * MINUTE,
  hour: HOUR,
  "4h": 4 * HOUR,
  "6h": 6 * HOUR,
  "8h": 8 * HOUR,
  "12h": 12 * HOUR,
  "24h": 24 * HOUR,
};

export type SchedulePeriod = (typeof SCHEDULE_PERIODS)[number];
