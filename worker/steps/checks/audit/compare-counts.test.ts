import { describe, expect, it } from "vitest";
import { compareCounts, joined } from "./compare-counts";

const window = { start: new Date("2026-03-29T00:00:00Z"), end: new Date("2026-03-29T01:00:00Z") };
const day = { start: window.start, end: new Date("2026-03-30T00:00:00Z") };
const mine = (rows: number) => ({ runId: "mine", window, rows });
const other = (rows: number, of = window) => ({ runId: "other", window: of, rows });

const GONE = { gone: "The table events no longer exists." };

const verdictOf = (
  counted: Parameters<typeof compareCounts>[0]["counted"],
  { expected = 10, isMerged = false, commitMode = "replace" as "replace" | "append", isReplaced = false } = {},
) => compareCounts({ name: "events", expected, counted, isMerged }, { runId: "mine", window, commitMode, isReplaced });

describe("the rows of a window in a table", () => {
  it.each([
    ["intact", verdictOf([mine(10)]), 10],
    ["intact, empty", verdictOf([], { expected: 0 }), 0],
    ["missing", verdictOf([mine(9)]), 9],
    ["missing", verdictOf([]), 0],
    ["extra", verdictOf([mine(11)]), 11],
    ["extra", verdictOf([mine(10), other(2)]), 12],
    ["changed", verdictOf([mine(8), other(2)]), 8],
    ["missing", verdictOf(GONE), 0],
    ["intact, no table", verdictOf(GONE, { expected: 0 }), 0],
    ["intact beside a longer window", verdictOf([mine(10), other(99, day)]), 10],
    ["intact beside other runs that append", verdictOf([mine(10), other(10)], { commitMode: "append" }), 10],
    ["missing", verdictOf([mine(9), other(10)], { commitMode: "append" }), 9],
    ["unknown: merged", verdictOf([mine(9)], { isMerged: true }), 9],
    ["extra", verdictOf([mine(11)], { isMerged: true }), 11],
    ["intact beside other persons", verdictOf([mine(10), other(4)], { isMerged: true }), 10],
    ["missing", verdictOf([mine(9)], { isMerged: true, commitMode: "append" }), 9],
    ["unknown: a longer window", verdictOf([], { isReplaced: true }), 0],
  ])("are %s", (title, { outcome, rows, reason }, found) => {
    expect([outcome, rows]).toEqual([title.match(/^\w+/)![0], found]);
    expect(outcome === "intact" || reason !== null).toBe(true);
  });

  it("are as bad as in the worst table", () => {
    const [intact, extra, missing] = [verdictOf([mine(10)]), verdictOf([mine(11)]), verdictOf([])];
    expect(joined([intact, extra])).toMatchObject({ outcome: "extra", rows: 21 });
    expect(joined([extra, missing])).toMatchObject({
      outcome: "missing",
      reason: expect.stringMatching(/11 of.*0 of/),
    });
    expect(joined([intact, intact])).toMatchObject({ outcome: "intact", reason: null });
  });
});
