import { FIXED_PERIODS, type SchedulePeriod } from "@/lib/fields/schedule-periods";
import { DAY, HOUR } from "@/lib/units";

export const RANGES = ["day", "week", "month", "quarter", "year"] as const;
export type Range = (typeof RANGES)[number];

const DAYS: Record<Range, number> = { day: 1, week: 7, month: 30, quarter: 90, year: 365 };

export const RANGE_WORDS: Record<Range, string> = {
  day: "Last 24 hours",
  week: "Last 7 days",
  month: "Last 30 days",
  quarter: "Last 90 days",
  year: "Last 365 days",
};

/** Windows that a range has to have to be worth a chart, those of the first one shown, and those that the API answers. */
const [FEWEST, USUAL, MOST] = [3, 24, 10_000];

const LENGTHS: Partial<Record<SchedulePeriod, number>> = { ...FIXED_PERIODS, day: DAY, week: 7 * DAY };

const windowsIn = (every: SchedulePeriod, range: Range): number => (DAYS[range] * DAY) / (LENGTHS[every] ?? DAY);

/** The ranges that make sense for a schedule, and the one to begin with. None for an export that runs once. */
export function rangesFor(every: SchedulePeriod): { ranges: Range[]; usual: Range } | null {
  if (every === "once") return null;
  const ranges = RANGES.filter((range) => {
    const windows = windowsIn(every, range);
    // Some slack, because a range doesn't begin with a window.
    return windows >= FEWEST && windows < MOST - 1;
  });
  return { ranges, usual: ranges.find((range) => windowsIn(every, range) >= USUAL) ?? ranges.at(-1) ?? "year" };
}

/** A range up to now. It moves on every hour, or faster where windows are shorter, so that what was loaded is used again. */
export function boundsOf(range: Range, every: SchedulePeriod, now: number): { from: string; to: string } {
  const step = Math.min(FIXED_PERIODS[every] ?? HOUR, HOUR);
  const to = Math.floor(now / step) * step;
  return { from: new Date(to - DAYS[range] * DAY).toISOString(), to: new Date(to).toISOString() };
}
