import type { SchedulePeriod } from "@/lib/fields/schedule";
import { FIXED_PERIODS } from "@/lib/fields/schedule-periods";
import { DAY, HOUR } from "@/lib/units";

/** The most windows that remain distinguishable side by side. */
const SHOWN = 48;

/** A recent range, also in words. */
export interface CoverageSpan {
  from: Date;
  to: Date;
  words: string;
}

const LONG: Partial<Record<SchedulePeriod, { days: number; words: string }>> = {
  day: { days: 30, words: "the last 30 days" },
  week: { days: 182, words: "the last 26 weeks" },
};

/** How far back to show a schedule's coverage; null for one-time exports. */
export function coverageSpan(every: SchedulePeriod, now: Date): CoverageSpan | null {
  const fixed = FIXED_PERIODS[every];
  const long = LONG[every];
  const length = fixed ? fixed * SHOWN : (long?.days ?? 0) * DAY;
  if (length === 0) return null;
  const step = Math.min(fixed ?? HOUR, HOUR);
  const to = Math.floor(now.getTime() / step) * step;
  return { from: new Date(to - length), to: new Date(to), words: long?.words ?? lastWords(length) };
}

const lastWords = (length: number) =>
  length > 2 * DAY ? `the last ${length / DAY} days` : `the last ${length / HOUR} hours`;
