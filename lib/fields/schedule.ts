import { z } from "zod";
import { HOUR, MINUTE } from "../units";
import { nearestZones, zoneNamed } from "./time-zone";

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

/** An IANA time zone name, spelled exactly: Temporal accepts no other spelling. */
const timezoneSchema = z
  .string()
  .max(64)
  .superRefine((name, ctx) => {
    if (zoneNamed(name) !== null) return;
    const near = nearestZones(name);
    const hint = near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : "";
    ctx.addIssue({ code: "custom", message: `Must be an IANA time zone like Europe/Berlin.${hint}` });
  })
  .overwrite((name) => zoneNamed(name) ?? name);

/** `timezone` and `atHour` apply to day and week, `atWeekday` (0 is Sunday) to week. */
export const scheduleSchema = z.object({
  every: z.enum(SCHEDULE_PERIODS, { error: `Must be one of: ${SCHEDULE_PERIODS.join(", ")}.` }),
  timezone: timezoneSchema.default("UTC"),
  atHour: z.number().int().min(0).max(23).default(0),
  atWeekday: z.number().int().min(0).max(6).default(0),
});

/** A previous schedule. Its windows end at `until`; it was changed at `changedAt`. Times are ISO-8601. */
export const pastScheduleSchema = z.object({ schedule: scheduleSchema, until: z.string(), changedAt: z.string() });

export type SchedulePeriod = (typeof SCHEDULE_PERIODS)[number];
export type Schedule = z.infer<typeof scheduleSchema>;
export type PastSchedule = z.infer<typeof pastScheduleSchema>;
