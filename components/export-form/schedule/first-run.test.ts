import { expect, it } from "vitest";
import { firstRunWords } from "./first-run";

const NOW = new Date("2026-03-29T12:30:00Z");
const hourly = { every: "hour", timezone: "UTC", atHour: 0, atWeekday: 0 } as const;

it("says when the first run comes and what it carries", () => {
  expect(firstRunWords({ model: "events", schedule: hourly, startAt: null, endAt: null }, NOW)).toBe(
    "The first run starts at 29 Mar 2026, 13:00 UTC and exports what arrived 29 Mar 2026, 12:00 – 13:00 UTC.",
  );
});

it("cuts the first window at the start date", () => {
  const words = firstRunWords({ model: "events", schedule: hourly, startAt: "2026-03-30T08:20:00Z", endAt: null }, NOW);
  expect(words).toContain("starts at 30 Mar 2026, 09:00 UTC");
  expect(words).toContain("08:20 – 09:00");
});

it("says that none will come after the end date", () => {
  const words = firstRunWords({ model: "events", schedule: hourly, startAt: null, endAt: "2026-03-29T12:00:00Z" }, NOW);
  expect(words).toContain("No runs will start");
});

it("says that what runs once starts at once", () => {
  const once = { ...hourly, every: "once" } as const;
  expect(
    firstRunWords(
      { model: "events", schedule: once, startAt: "2026-03-22T12:30:00Z", endAt: "2026-03-29T12:30:00Z" },
      NOW,
    ),
  ).toBe("Starts right away and exports what arrived 22 Mar, 12:30 – 29 Mar 2026, 12:30 UTC.");
  expect(firstRunWords({ model: "events", schedule: once, startAt: null, endAt: null }, NOW)).toBe(
    "Starts right away and exports everything that arrived until 29 Mar 2026, 12:30 UTC.",
  );
  expect(firstRunWords({ model: "persons", schedule: once, startAt: null, endAt: null }, NOW)).toBe(
    "Starts right away and exports all profiles as they were at 29 Mar 2026, 12:30 UTC.",
  );
});
