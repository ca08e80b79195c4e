import { z } from "zod";

/** Every schedule that an export can have. The window's end is the scheduled time. */
export const SCHEDULE_PERIODS = ["hour", "day"] as const;

const isTimeZone = (name: string) => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

export const scheduleSchema = z.object({
  every: z.enum(SCHEDULE_PERIODS, { error: `must be one of ${SCHEDULE_PERIODS.join(", ")}` }),
  timezone: z.string().refine(isTimeZone, "must be an IANA time zone like Europe/Berlin").default("UTC"),
  atHour: z.number().int().min(0).max(23).default(0),
  atWeekday: z.number().int().min(0).max(6).default(0),
});

export type Schedule = z.infer<typeof scheduleSchema>;
