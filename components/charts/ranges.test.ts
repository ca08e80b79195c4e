import { describe, expect, it } from "vitest";
import { SCHEDULE_PERIODS, type SchedulePeriod } from "@/lib/fields/schedule";
import { boundsOf, type Range, rangesFor } from "./ranges";

describe("ranges of charts", () => {
  const cases: [SchedulePeriod, Range[], Range][] = [
    ["5m", ["day", "week", "month"], "day"],
    ["15m", ["day", "week", "month", "quarter"], "day"],
    ["hour", ["day", "week", "month", "quarter", "year"], "day"],
    ["6h", ["day", "week", "month", "quarter", "year"], "week"],
    ["day", ["week", "month", "quarter", "year"], "month"],
    ["week", ["month", "quarter", "year"], "year"],
  ];
  it.each(cases)("of windows of %s are %j, first %s", (every, ranges, usual) => {
    expect(rangesFor(every)).toEqual({ ranges, usual });
  });

  it("are there for every schedule but a single run", () => {
    expect(rangesFor("once")).toBeNull();
    for (const every of SCHEDULE_PERIODS.filter((it) => it !== "once"))
      expect(rangesFor(every)?.ranges).not.toEqual([]);
  });

  it("end where the current hour began, or the current window if that is shorter", () => {
    const now = Date.parse("2026-03-29T12:34:56Z");
    expect(boundsOf("day", "day", now)).toEqual({ from: "2026-03-28T12:00:00.000Z", to: "2026-03-29T12:00:00.000Z" });
    expect(boundsOf("week", "5m", now)).toEqual({ from: "2026-03-22T12:30:00.000Z", to: "2026-03-29T12:30:00.000Z" });
  });
});
