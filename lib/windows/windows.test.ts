import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Schedule } from "../fields/schedule";
import { alignRange, boundaryAfter, boundaryAtOrBefore, clip, nextRunAt, windowEndingAt, windowsIn } from ".";

const hourly: Schedule = { every: "hour", timezone: "UTC", atHour: 0, atWeekday: 0 };
const daily = (timezone: string, atHour = 0): Schedule => ({ every: "day", timezone, atHour, atWeekday: 0 });
const every = (period: Schedule["every"]): Schedule => ({
  ...hourly,
  every: period,
  timezone: "Europe/Berlin",
  atHour: 7,
});
const at = (iso: string) => new Date(iso);
const open = { startAt: null, endAt: null };
const text = (window: { start: Date; end: Date } | null) =>
  window && `${window.start.toISOString()}/${window.end.toISOString()}`;

describe("windowEndingAt", () => {
  it.each<[string, Schedule, string, string]>([
    ["an hour", hourly, "2026-03-29T01:00:00Z", "2026-03-29T00:00:00.000Z/2026-03-29T01:00:00.000Z"],
    [
      "an hour, scheduled a moment late",
      hourly,
      "2026-03-29T01:00:02Z",
      "2026-03-29T00:00:00.000Z/2026-03-29T01:00:00.000Z",
    ],
    ["5 minutes", every("5m"), "2026-03-29T01:05:00Z", "2026-03-29T01:00:00.000Z/2026-03-29T01:05:00.000Z"],
    ["15 minutes", every("15m"), "2026-03-29T01:45:00Z", "2026-03-29T01:30:00.000Z/2026-03-29T01:45:00.000Z"],
    ["4 hours", every("4h"), "2026-03-29T08:00:00Z", "2026-03-29T04:00:00.000Z/2026-03-29T08:00:00.000Z"],
    ["8 hours", every("8h"), "2026-03-30T00:00:00Z", "2026-03-29T16:00:00.000Z/2026-03-30T00:00:00.000Z"],
    ["24 hours", every("24h"), "2026-03-30T00:00:00Z", "2026-03-29T00:00:00.000Z/2026-03-30T00:00:00.000Z"],
    [
      "a week with 167 hours",
      { ...daily("Europe/Berlin", 6), every: "week", atWeekday: 1 },
      "2026-03-30T04:00:00Z",
      "2026-03-23T05:00:00.000Z/2026-03-30T04:00:00.000Z",
    ],
    [
      "a week that begins on the day that the clocks change",
      { ...daily("America/New_York", 2), every: "week", atWeekday: 0 },
      "2026-03-15T06:00:00Z",
      "2026-03-08T07:00:00.000Z/2026-03-15T06:00:00.000Z",
    ],
    ["a day", daily("UTC"), "2026-03-01T00:00:00Z", "2026-02-28T00:00:00.000Z/2026-03-01T00:00:00.000Z"],
    ["a leap day", daily("UTC"), "2028-03-01T00:00:00Z", "2028-02-29T00:00:00.000Z/2028-03-01T00:00:00.000Z"],
    ["a year's end", daily("UTC", 6), "2027-01-01T06:00:00Z", "2026-12-31T06:00:00.000Z/2027-01-01T06:00:00.000Z"],
    [
      "23 hours in spring",
      daily("Europe/Berlin"),
      "2026-03-29T22:00:00Z",
      "2026-03-28T23:00:00.000Z/2026-03-29T22:00:00.000Z",
    ],
    [
      "25 hours in autumn",
      daily("Europe/Berlin"),
      "2026-10-25T23:00:00Z",
      "2026-10-24T22:00:00.000Z/2026-10-25T23:00:00.000Z",
    ],
    [
      "an hour that spring skips",
      daily("America/New_York", 2),
      "2026-03-08T07:00:00Z",
      "2026-03-07T07:00:00.000Z/2026-03-08T07:00:00.000Z",
    ],
    [
      "an hour that autumn has twice",
      daily("America/New_York", 1),
      "2026-11-01T05:00:00Z",
      "2026-10-31T05:00:00.000Z/2026-11-01T05:00:00.000Z",
    ],
    [
      "a zone of 45 minutes",
      daily("Asia/Kathmandu"),
      "2026-05-01T18:15:00Z",
      "2026-04-30T18:15:00.000Z/2026-05-01T18:15:00.000Z",
    ],
    [
      "a midnight that is skipped",
      daily("America/Santiago"),
      "2026-09-06T04:00:00Z",
      "2026-09-05T04:00:00.000Z/2026-09-06T04:00:00.000Z",
    ],
  ])("%s", (_, schedule, scheduled, expected) => {
    expect(text(windowEndingAt(schedule, at(scheduled)))).toBe(expected);
  });
});

describe("boundaries", () => {
  const zones = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/Santiago",
  ];
  it("tile time in every zone: no moment is lost and none comes twice", () => {
    const anyTime = fc.date({ min: at("2025-01-01"), max: at("2030-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(anyTime, fc.constantFrom(...zones), fc.integer({ min: 0, max: 23 }), (time, zone, hour) => {
        for (const schedule of [hourly, daily(zone, hour)]) {
          const before = boundaryAtOrBefore(schedule, time);
          const after = boundaryAfter(schedule, time);
          expect(before <= time && time < after).toBe(true);
          expect(boundaryAtOrBefore(schedule, after)).toEqual(after);
          expect(boundaryAtOrBefore(schedule, new Date(after.getTime() - 1))).toEqual(before);
        }
      }),
    );
  });
});

describe("bounds", () => {
  const bounds = { startAt: at("2026-01-01T10:20:00Z"), endAt: at("2026-01-01T12:30:00Z") };

  it("cut the first and the last window, and nothing lies past the end date", () => {
    const range = { start: at("2026-01-01T00:00:00Z"), end: at("2026-01-02T00:00:00Z") };
    expect([...windowsIn(hourly, range, bounds)].map(text)).toEqual([
      "2026-01-01T10:20:00.000Z/2026-01-01T11:00:00.000Z",
      "2026-01-01T11:00:00.000Z/2026-01-01T12:00:00.000Z",
      "2026-01-01T12:00:00.000Z/2026-01-01T12:30:00.000Z",
    ]);
    expect(clip({ start: at("2026-01-01T12:30:00Z"), end: at("2026-01-01T13:00:00Z") }, bounds)).toBeNull();
  });

  it.each([
    [
      "widened to whole windows",
      open,
      "2026-01-01T01:10:00Z",
      "2026-01-01T02:10:00Z",
      "2026-01-01T01:00:00.000Z/2026-01-01T03:00:00.000Z",
    ],
    [
      "whole windows stay as they are",
      open,
      "2026-01-01T01:00:00Z",
      "2026-01-01T02:00:00Z",
      "2026-01-01T01:00:00.000Z/2026-01-01T02:00:00.000Z",
    ],
    [
      "cut at the last ended window",
      open,
      "2026-01-01T18:00:00Z",
      "2026-01-09T00:00:00Z",
      "2026-01-01T18:00:00.000Z/2026-01-01T20:00:00.000Z",
    ],
    [
      "cut at the bounds",
      bounds,
      "2026-01-01T00:00:00Z",
      "2026-01-02T00:00:00Z",
      "2026-01-01T10:20:00.000Z/2026-01-01T12:30:00.000Z",
    ],
    ["nothing left after the end date", bounds, "2026-01-01T13:00:00Z", "2026-01-01T14:00:00Z", null],
    ["nothing has ended yet", open, "2026-01-01T20:10:00Z", "2026-01-01T20:20:00Z", null],
  ])("alignRange: %s", (_, limits, start, end, expected) => {
    const range = { start: at(start), end: at(end) };
    expect(text(alignRange(hourly, range, limits, at("2026-01-01T20:30:00Z")))).toBe(expected);
  });

  it.each([
    ["the end of the current period", open, "2026-01-01T09:15:00Z", "2026-01-01T10:00:00.000Z"],
    ["the end of the period that the start date lies in", bounds, "2026-01-01T08:00:00Z", "2026-01-01T11:00:00.000Z"],
    ["the last, cut window still runs", bounds, "2026-01-01T12:10:00Z", "2026-01-01T13:00:00.000Z"],
    ["none after the end", bounds, "2026-01-01T13:00:00Z", undefined],
  ])("nextRunAt: %s", (_, limits, now, expected) => {
    expect(nextRunAt(hourly, limits, at(now))?.toISOString()).toBe(expected);
  });
});
