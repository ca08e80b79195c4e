import { describe, expect, it } from "vitest";
import { utc, utcRange } from "./utc";

describe("times in UTC", () => {
  it.each([
    ["2026-11-24T10:00:00Z", "2026-11-24T11:00:00Z", "2026-11-24 10:00 to 11:00 UTC"],
    ["2026-11-24T23:00:00Z", "2026-11-25T00:00:00Z", "2026-11-24 23:00 to 2026-11-25 00:00 UTC"],
    ["2026-03-28T23:00:00+01:00", "2026-03-29T23:00:00+02:00", "2026-03-28 22:00 to 2026-03-29 21:00 UTC"],
  ])("%s to %s", (start, end, words) => {
    expect(utcRange({ start: new Date(start), end: new Date(end) })).toBe(words);
  });

  it("of a moment", () => expect(utc(new Date("2026-11-24T10:05:59Z"))).toBe("2026-11-24 10:05 UTC"));
});
