import { expect, it } from "vitest";
import type { SchedulePeriod } from "@/lib/fields/schedule";
import { SCHEDULE_PERIODS } from "@/lib/fields/schedule-periods";
import { periodLabel, scheduleWords, windowWords } from "./schedule-words";

const at = (every: SchedulePeriod) => ({ every, timezone: "Europe/Berlin", atHour: 6, atWeekday: 1 });

it.each([
  ["5m", "Every 5 minutes"],
  ["hour", "Every hour"],
  ["24h", "Every 24 hours"],
  ["day", "Every day at 06:00 Europe/Berlin"],
  ["week", "Every week on Monday at 06:00 Europe/Berlin"],
  ["once", "Once"],
] as const)("says %s as people do", (every, words) => {
  expect(scheduleWords(at(every))).toBe(words);
});

it("tells every period apart", () => {
  expect(new Set(SCHEDULE_PERIODS.map(periodLabel)).size).toBe(SCHEDULE_PERIODS.length);
});

it.each([
  ["15m", "15 minutes"],
  ["hour", "an hour"],
  ["week", "a week"],
  ["once", "the whole range"],
] as const)("says how long a window of %s is", (every, words) => {
  expect(windowWords(every)).toBe(words);
});
