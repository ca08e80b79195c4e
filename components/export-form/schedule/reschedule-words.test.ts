import { expect, it } from "vitest";
import { rescheduleWords } from "./reschedule-words";

const NOW = new Date("2026-03-29T12:30:00Z");
const hourly = { every: "hour", timezone: "UTC", atHour: 0, atWeekday: 0 } as const;
const stored = { schedule: hourly, pastSchedules: [], startAt: null, endAt: null };

it("says which window bridges the old schedule and the new one", () => {
  const words = rescheduleWords(stored, { ...hourly, every: "day", atHour: 6 }, NOW);
  expect(words).toContain("The next window covers 29 Mar, 12:00 – 30 Mar 2026, 06:00 UTC");
  expect(words).toContain("No gap, no overlap");
});

it("says nothing while the schedule stays", () => {
  expect(rescheduleWords(stored, { ...hourly, timezone: "Europe/Berlin" }, NOW)).toBeNull();
});

it("says when the export's dates leave nothing for a window", () => {
  const ended = { ...stored, endAt: "2026-03-29T12:00:00Z" };
  expect(rescheduleWords(ended, { ...hourly, every: "4h" }, NOW)).toContain("no more windows will be exported");
});
