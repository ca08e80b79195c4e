import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SCHEDULE_PERIODS, type Schedule } from "../fields/schedule";
import { DAY } from "../units";
import { countWindows, windowsIn } from ".";

const at = (iso: string) => new Date(iso);
const schedule = (every: Schedule["every"], timezone = "UTC", atHour = 0): Schedule => ({
  ...{ every, timezone, atHour, atWeekday: 1 },
});

describe("the number of windows", () => {
  it("is that of the windows, in every zone and over every change of its clock", () => {
    const zones = fc.oneof(
      // Zones that skipped a day, moved by half an hour, or change at midnight.
      fc.constantFrom("Pacific/Apia", "Pacific/Kwajalein", "Pacific/Kiritimati", "Australia/Lord_Howe", "Africa/Cairo"),
      fc.constantFrom(...Intl.supportedValuesOf("timeZone")),
    );
    const cases = fc.record({
      every: fc.constantFrom(...SCHEDULE_PERIODS),
      timezone: zones,
      atHour: fc.integer({ min: 0, max: 23 }),
      start: fc.integer({ min: 0, max: 25_000 * DAY }),
      length: fc.integer({ min: 1, max: 400 * DAY }),
      bound: fc.integer({ min: -30 * DAY, max: 430 * DAY }),
    });
    const check = ({
      every,
      timezone,
      atHour,
      start,
      length,
      bound,
    }: typeof cases extends fc.Arbitrary<infer T> ? T : never) => {
      const days = every === "day" || every === "week" || every === "once";
      const range = { start: new Date(start), end: new Date(start + (days ? length : length / 100)) };
      const edge = new Date(start + bound);
      for (const bounds of [
        { startAt: null, endAt: null },
        { startAt: edge, endAt: null },
        { startAt: null, endAt: edge },
      ]) {
        const of = schedule(every, timezone, atHour);
        expect(countWindows(of, range, bounds)).toBe([...windowsIn(of, range, bounds)].length);
      }
    };
    fc.assert(fc.property(cases, check), { numRuns: 300 });
  }, 60_000);

  it.each<[string, Schedule, number]>([
    ["5 minutes", schedule("5m"), 24_193_728],
    ["an hour", schedule("hour"), 2_016_144],
    ["a day in Berlin", schedule("day", "Europe/Berlin"), 84_007],
    ["a week in Apia", schedule("week", "Pacific/Apia", 3), 12_002],
  ])("of centuries takes no walk: %s", (_, of, expected) => {
    const range = { start: at("1970-01-01T00:00:00Z"), end: at("2200-01-01T00:00:00Z") };
    expect(countWindows(of, range, { startAt: null, endAt: null })).toBe(expected);
  });

  it("walks nothing outside the bounds", () => {
    const range = { start: at("1970-01-01T00:00:00Z"), end: at("2200-01-01T00:00:00Z") };
    const bounds = { startAt: at("2026-01-01T00:00:00Z"), endAt: at("2026-01-01T00:10:00Z") };
    expect([...windowsIn(schedule("5m"), range, bounds)]).toHaveLength(2);
    expect([...windowsIn(schedule("5m"), { ...range, end: at("1980-01-01T00:00:00Z") }, bounds)]).toEqual([]);
  });
});
