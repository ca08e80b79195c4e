import { describe, expect, it } from "vitest";
import type { TrendPoint } from "@/lib/schemas/trends";
import { shortDuration } from "./measures";
import { placesOf, ticksTo, timeMarks } from "./scales";

describe("ticks", () => {
  it.each([
    [0, "count", [0, 1]],
    [1, "count", [0, 1]],
    [3, "count", [0, 1, 2, 3]],
    [1200, "count", [0, 500, 1000, 1500]],
    [980_000, "bytes", [0, 500_000, 1_000_000]],
    [0.4, "seconds", [0, 0.1, 0.2, 0.3, 0.4]],
    [3, "seconds", [0, 1, 2, 3]],
    [61, "seconds", [0, 30, 60, 90]],
    [3601, "seconds", [0, 1800, 3600, 5400]],
    [90_000, "seconds", [0, 43_200, 86_400, 129_600]],
  ] as const)("to %d %s", (max, unit, ticks) => expect(ticksTo(max, unit)).toEqual(ticks));

  it("reach as far as the value, in few steps", () => {
    for (const unit of ["count", "bytes", "seconds"] as const)
      for (let max = 1; max < 1e12; max = Math.ceil(max * 1.7)) {
        const ticks = ticksTo(max, unit);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(max);
        expect(ticks.length).toBeLessThanOrEqual(7);
        expect(ticks).toEqual(ticks.toSorted((a, b) => a - b));
      }
  });
});

it.each([
  [0, "0 s"],
  [0.4, "0.4 s"],
  [90, "90 s"],
  [600, "10 min"],
  [5400, "90 min"],
  [10_800, "3 h"],
  [129_600, "36 h"],
  [604_800, "7 d"],
])("writes %d seconds short", (seconds, words) => expect(shortDuration(seconds)).toBe(words));

const point = (start: string, end: string) => ({ start, end }) as TrendPoint;
const hours = Array.from({ length: 24 }, (_, hour) =>
  point(new Date(Date.UTC(2026, 2, 1, hour)).toISOString(), new Date(Date.UTC(2026, 2, 1, hour + 1)).toISOString()),
);

describe("times along a chart", () => {
  it("are round, and few enough to be read", () => {
    const marks = timeMarks(hours, 360);
    expect(marks.length).toBeLessThanOrEqual(6);
    expect(marks[0]).toEqual({ at: 0, label: "1 Mar" });
    expect(marks.map(({ label }) => label)).toContain("12:00");
  });

  it("of a month on a phone are more than its first day", () => {
    const days = [
      point("2026-11-01T12:00:00Z", "2026-11-16T12:00:00Z"),
      point("2026-11-16T12:00:00Z", "2026-12-01T12:00:00Z"),
    ];
    const marks = timeMarks(days, 262);
    expect(marks.length).toBeGreaterThan(2);
    expect(marks.length).toBeLessThanOrEqual(6);
  });

  it("of no points are none", () => {
    expect(timeMarks([], 360)).toEqual([]);
    expect(placesOf([], 360)).toEqual([]);
  });

  it("place each point by its time, so that a schedule's change shows", () => {
    const points = [
      point("2026-03-01T00:00:00Z", "2026-03-01T18:00:00Z"),
      point("2026-03-01T18:00:00Z", "2026-03-02T00:00:00Z"),
    ];
    expect(placesOf(points, 400)).toEqual([
      { x: 0, width: 300 },
      { x: 300, width: 100 },
    ]);
  });
});
