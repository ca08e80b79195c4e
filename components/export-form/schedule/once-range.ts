import type { CreateExport } from "@/lib/schemas/export";
import { DAY, MINUTE } from "@/lib/units";

export type Range = Pick<CreateExport, "startAt" | "endAt">;

/** The suggested ranges of a one-time export, in days; any other can be typed. */
export const QUICK_DAYS = [1, 7, 30, 60] as const;

/** The `days` days before the minute of `now`. */
export function lastDays(days: number, now: number): Range {
  const end = Math.floor(now / MINUTE) * MINUTE;
  return { startAt: new Date(end - days * DAY).toISOString(), endAt: new Date(end).toISOString() };
}
