import { z } from "zod";
import { SCHEDULE_PERIODS } from "./schedule-periods";
import { nearestZones, zoneNamed } from "./time-zone";

export * from "./schedule-periods";

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

export type Schedule = z.infer<typeof scheduleSchema>;
export type PastSchedule = z.infer<typeof pastScheduleSchema>;
