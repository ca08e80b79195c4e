import { describe, expect, it } from "vitest";
import { boundariesInGaps } from ".";

const first = (timezone: string, atHour: number) =>
  boundariesInGaps({ every: "day", timezone, atHour, atWeekday: 0 }, new Date("2026-01-01T00:00:00Z"))
    .slice(0, 2)
    .map((time) => time.toISOString());

describe("boundariesInGaps", () => {
  it.each([
    ["America/New_York", 2, ["2026-03-08T07:00:00.000Z", "2027-03-14T07:00:00.000Z"]],
    ["America/New_York", 1, []],
    ["Europe/Berlin", 2, ["2026-03-29T01:00:00.000Z", "2027-03-28T01:00:00.000Z"]],
    ["Europe/Berlin", 3, []],
    ["Australia/Lord_Howe", 2, ["2026-10-03T15:30:00.000Z", "2027-10-02T15:30:00.000Z"]],
    ["America/Santiago", 0, ["2026-09-06T04:00:00.000Z", "2027-09-05T04:00:00.000Z"]],
    ["Asia/Kolkata", 0, []],
  ])("%s at %d", (timezone, atHour, expected) => {
    expect(first(timezone, atHour)).toEqual(expected);
  });

  it("knows that hours have none", () => {
    const hourly = { every: "hour", timezone: "Europe/Berlin", atHour: 2, atWeekday: 0 } as const;
    expect(boundariesInGaps(hourly, new Date())).toEqual([]);
  });
});
