import { expect, it } from "vitest";
import type { TrendPoint } from "@/lib/schemas/trends";
import { MEASURES } from "./measures";
import { pointWords, stateWords } from "./point-words";

const [rows, , seconds, lag] = MEASURES;

const point = (more: Partial<TrendPoint> = {}): TrendPoint => ({
  start: "2026-03-01T12:00:00.000Z",
  end: "2026-03-01T13:00:00.000Z",
  windows: 1,
  committed: 1,
  failed: 0,
  missing: 0,
  state: "committed",
  runId: "run",
  rows: 1200,
  bytes: 99,
  seconds: 4,
  lagSeconds: 61,
  ...more,
});
const nothing = { committed: 0, rows: null, bytes: null, seconds: null, lagSeconds: null };

it.each([
  ["rows", point(), rows, "1,200 rows"],
  ["no rows", point({ rows: 0 }), rows, "0 rows"],
  ["a duration", point(), seconds, "4 s"],
  ["lag", point(), lag, "1 min 01 s"],
  ["lag of a historic export", point({ lagSeconds: null }), lag, "no lag: first exported by a historic export"],
  ["a failure", point({ ...nothing, failed: 1, state: "failed" }), rows, "failed"],
  ["a gap", point({ ...nothing, missing: 1, state: "missing" }), lag, "not exported"],
  [
    "several windows",
    point({ windows: 5, committed: 2, failed: 1, missing: 1, state: "failed" }),
    rows,
    "1,200 rows; of 5 windows: 1 failed, 1 not exported, 1 otherwise not committed",
  ],
])("says %s", (_, given, measure, words) => {
  expect(pointWords(given, measure)).toBe(`1 Mar 2026, 12:00 – 13:00 UTC: ${words}`);
});

it("says nothing of a state that is as it should be", () => expect(stateWords(point())).toBeNull());
