import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SCHEDULE_PERIODS, type Schedule } from "../fields/schedule";
import { DAY, MINUTE } from "../units";
import {
  boundaryAfter,
  boundaryAtOrBefore,
  changeSchedule,
  clip,
  countWindows,
  isSameSchedule,
  newestWindow,
  nextRunAt,
  windowEndingAt,
  windowsIn,
} from ".";
import type { Timeline } from "./types";

const at = (iso: string) => new Date(iso);
const schedule = (every: Schedule["every"], atHour = 0, timezone = "UTC", atWeekday = 0): Schedule => ({
  every,
  timezone,
  atHour,
  atWeekday,
});
const text = ({ start, end }: { start: Date; end: Date }) => `${start.toISOString()} ${end.toISOString()}`;
const changed = (before: Timeline, next: Schedule, now: Date): Timeline => ({
  ...next,
  past: changeSchedule(before, next, now).past,
});
const open = { startAt: null, endAt: null };

describe("a change of schedule", () => {
  const now = at("2026-03-29T14:20:00Z");

  it.each<[string, Schedule, Schedule, string]>([
    ["hour to day", schedule("hour"), schedule("day"), "2026-03-29T14:00:00.000Z 2026-03-30T00:00:00.000Z"],
    ["day to hour", schedule("day"), schedule("hour"), "2026-03-29T00:00:00.000Z 2026-03-29T15:00:00.000Z"],
    [
      "another hour of the day",
      schedule("day", 6),
      schedule("day", 18),
      "2026-03-29T06:00:00.000Z 2026-03-29T18:00:00.000Z",
    ],
    ["5 minutes to 4 hours", schedule("5m"), schedule("4h"), "2026-03-29T14:20:00.000Z 2026-03-29T16:00:00.000Z"],
    ["week to 15 minutes", schedule("week"), schedule("15m"), "2026-03-29T00:00:00.000Z 2026-03-29T14:30:00.000Z"],
  ])("%s is bridged by one window", (_, before, next, bridge) => {
    expect(text(changeSchedule(before, next, now).bridge)).toBe(bridge);
    const timeline = changed(before, next, now);
    const end = nextRunAt(timeline, open, now)!;
    expect(text(windowEndingAt(timeline, end))).toBe(bridge);
    expect(newestWindow(timeline, open, now)!.end).toEqual(at(bridge.split(" ")[0]!));
  });

  it("leaves windows before it as they were", () => {
    const timeline = changed(schedule("hour"), schedule("day"), now);
    expect(
      [...windowsIn(timeline, { start: at("2026-03-29T12:30:00Z"), end: at("2026-03-31T00:00:00Z") }, open)].map(text),
    ).toEqual([
      "2026-03-29T12:00:00.000Z 2026-03-29T13:00:00.000Z",
      "2026-03-29T13:00:00.000Z 2026-03-29T14:00:00.000Z",
      "2026-03-29T14:00:00.000Z 2026-03-30T00:00:00.000Z",
      "2026-03-30T00:00:00.000Z 2026-03-31T00:00:00.000Z",
    ]);
  });

  it("leaves no gap and no overlap, however often it is made", () => {
    const schedules = fc.record({
      every: fc.constantFrom(...SCHEDULE_PERIODS.filter((every) => every !== "once")),
      timezone: fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "America/Santiago"),
      atHour: fc.integer({ min: 0, max: 23 }),
      atWeekday: fc.integer({ min: 0, max: 6 }),
    });
    const start = at("2026-03-01T00:00:00Z").getTime();
    const minutes = fc.integer({ min: 1, max: 20_000 });
    const changes = fc.array(fc.record({ next: schedules, minutes }), { maxLength: 5 });
    const moments = fc.array(fc.integer({ min: 0, max: 120_000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(schedules, changes, moments, (first, list, sampled) => {
        let timeline: Timeline = first;
        let now = start;
        const times = sampled.map((offset) => start + offset * MINUTE + offset);
        for (const { next, minutes: later } of list) {
          now += later * MINUTE;
          times.push(now - 1, now, now + 1);
          if (!isSameSchedule(timeline, next)) timeline = changed(timeline, next, new Date(now));
        }
        // Every time is in one window, and all times in it agree on that: so windows tile time.
        for (const time of times) {
          const begin = boundaryAtOrBefore(timeline, new Date(time));
          const end = boundaryAfter(timeline, new Date(time));
          expect(begin.getTime() <= time && time < end.getTime()).toBe(true);
          for (const inside of [begin.getTime(), (begin.getTime() + end.getTime()) / 2, end.getTime() - 1]) {
            expect(boundaryAtOrBefore(timeline, new Date(inside))).toEqual(begin);
            expect(boundaryAfter(timeline, new Date(inside))).toEqual(end);
          }
          expect(boundaryAtOrBefore(timeline, end)).toEqual(end);
        }
        for (const [i, time] of times.slice(1).entries()) {
          const [from, to] = [Math.min(times[i]!, time), Math.max(times[i]!, time) + 1];
          const range = { start: new Date(from), end: new Date(Math.min(to, from + 30 * DAY)) };
          expect(countWindows(timeline, range, open)).toBe([...windowsIn(timeline, range, open)].length);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("is none where only what a period does not use differs", () => {
    expect(isSameSchedule(schedule("hour", 3), schedule("hour", 4, "Europe/Berlin"))).toBe(true);
    expect(isSameSchedule(schedule("day", 3), schedule("day", 3, "UTC", 5))).toBe(true);
    expect(isSameSchedule(schedule("week", 3), schedule("week", 3, "UTC", 5))).toBe(false);
  });
});

describe("what runs once", () => {
  const bounds = { startAt: at("2026-01-01T00:00:00Z"), endAt: at("2026-03-01T12:34:00Z") };

  it("has one window, between its dates, and no next run", () => {
    const once = schedule("once");
    const range = { start: at("2020-01-01T00:00:00Z"), end: at("2030-01-01T00:00:00Z") };
    expect([...windowsIn(once, range, bounds)].map(text)).toEqual([
      "2026-01-01T00:00:00.000Z 2026-03-01T12:34:00.000Z",
    ]);
    expect(text(newestWindow(once, bounds, at("2026-03-02T00:00:00Z"))!)).toBe(
      "2026-01-01T00:00:00.000Z 2026-03-01T12:34:00.000Z",
    );
    expect(nextRunAt(once, bounds, at("2026-02-01T00:00:00Z"))).toBeNull();
  });

  it("reaches back to the beginning without a start", () => {
    const window = newestWindow(schedule("once"), { startAt: null, endAt: bounds.endAt }, at("2026-03-02T00:00:00Z"));
    expect(text(window!)).toBe("1970-01-01T00:00:00.000Z 2026-03-01T12:34:00.000Z");
    expect(clip(window!, { startAt: null, endAt: bounds.endAt })).toEqual(window);
  });
});
