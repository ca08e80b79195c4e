import type { Schedule, SchedulePeriod } from "@/lib/fields/schedule";
import { FIXED_PERIODS } from "@/lib/fields/schedule-periods";

/** Sunday first, like `atWeekday`. */
export const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

const UNITS = { m: "minute", h: "hour" } as const;

/** `5 minutes`, `hour`, `4 hours`, `day`; null for `once`, which has no length. */
function lengthWords(period: SchedulePeriod): string | null {
  if (period === "once") return null;
  const [, count, unit] = /^(\d+)([mh])$/.exec(period) ?? [];
  return unit ? `${count} ${UNITS[unit as keyof typeof UNITS]}s` : period;
}

/** A period's label: `Every 5 minutes`, `Every day`, `Once`. */
export function periodLabel(period: SchedulePeriod): string {
  const length = lengthWords(period);
  return length === null ? "Once" : `Every ${length}`;
}

/** The length of a period's windows, within a sentence: `5 minutes`, `an hour`, `a week`. */
export function windowWords(period: SchedulePeriod): string {
  const length = lengthWords(period) ?? "the whole range";
  if (length.includes(" ")) return length;
  return length === "hour" ? "an hour" : `a ${length}`;
}

export const hourWords = (hour: number) => `${String(hour).padStart(2, "0")}:00`;

/** A schedule in words, and the zone of its hour where that matters. */
export function scheduleParts(schedule: Schedule): { when: string; zone: string | null } {
  const { every, timezone, atHour, atWeekday } = schedule;
  const label = periodLabel(every);
  if (every === "once" || FIXED_PERIODS[every]) return { when: label, zone: null };
  const day = every === "week" ? ` on ${WEEKDAYS[atWeekday]}` : "";
  return { when: `${label}${day} at ${hourWords(atHour)}`, zone: timezone };
}

/** Both in one line: `Every hour`, `Every day at 06:00 Europe/Berlin`. */
export function scheduleWords(schedule: Schedule): string {
  const { when, zone } = scheduleParts(schedule);
  return zone === null ? when : `${when} ${zone}`;
}
