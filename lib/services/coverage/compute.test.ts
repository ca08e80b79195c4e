import { describe, expect, it } from "vitest";
import type { RunState } from "@/lib/fields/run-state";
import { MINUTE } from "@/lib/units";
import { type CoverageFacts, type CoverageRun, coverage } from "./compute";

const at = (hour: number, minute = 0) => new Date(Date.UTC(2026, 2, 29, hour, minute));
const hour = (from: number) => ({ start: at(from), end: at(from + 1) });

let made = 0;
const run = (
  state: RunState,
  { from = 1, rows = null as number | null, minutesAgo = 0, supersededBy = null as string | null } = {},
): CoverageRun => ({
  id: `run-${made++}`,
  state,
  intervalStart: at(from),
  intervalEnd: at(from + 1),
  rows,
  supersededBy,
  trigger: "schedule",
  createdAt: new Date(at(12).getTime() - minutesAgo * MINUTE),
});

const facts = (now: Date, more: Partial<CoverageFacts> = {}): CoverageFacts => ({
  receipts: new Map(),
  createdAt: at(0),
  rests: [],
  now,
  ...more,
});

const unchecked = { reason: null, outcome: null, checkedAt: null, healed: false, receiptSha256: null };

describe("coverage", () => {
  const cases: [string, CoverageRun[], string][] = [
    ["no run on an ended window", [], "missing"],
    ["a completed run", [run("Completed")], "committed"],
    ["a run that starts", [run("Starting")], "running"],
    ["a run under way", [run("Running")], "running"],
    ["a failed run", [run("Failed")], "failed"],
    ["a cancelled run", [run("Cancelled")], "cancelled"],
    ["failed, then completed", [run("Failed", { minutesAgo: 9 }), run("Completed")], "committed"],
    ["completed, then a retry that failed", [run("Completed", { minutesAgo: 9 }), run("Failed")], "committed"],
    ["completed, then a retry under way", [run("Completed", { minutesAgo: 9 }), run("Running")], "committed"],
    ["failed, then a retry under way", [run("Failed", { minutesAgo: 9 }), run("Running")], "running"],
    ["failed, then cancelled", [run("Failed", { minutesAgo: 9 }), run("Cancelled")], "cancelled"],
    ["cancelled, then failed, given newest first", [run("Failed"), run("Cancelled", { minutesAgo: 9 })], "failed"],
    [
      "withdrawn by a retry that failed",
      [run("Completed", { minutesAgo: 9, supersededBy: "x" }), run("Failed")],
      "failed",
    ],
    [
      "withdrawn by a retry under way",
      [run("Completed", { minutesAgo: 9, supersededBy: "x" }), run("Running")],
      "running",
    ],
    [
      "superseded, then completed",
      [run("Completed", { minutesAgo: 9, supersededBy: "x" }), run("Completed")],
      "committed",
    ],
    ["withdrawn by another window's run", [run("Completed", { supersededBy: "x" })], "missing"],
    ["a completed run on another window", [run("Completed", { from: 2 })], "missing"],
  ];
  it.each(cases)("%s", (_, runs, state) => {
    expect(coverage([hour(1)], runs, facts(at(12)))).toMatchObject([{ state }]);
  });

  it("asks for exactly the same interval", () => {
    const shorter = { ...run("Completed"), intervalEnd: at(1, 30) };
    expect(coverage([hour(1)], [shorter], facts(at(12)))).toMatchObject([{ state: "missing" }]);
  });

  it("is due until the window has ended", () => {
    const states = (now: Date) => coverage([hour(1)], [], facts(now)).map(({ state }) => state);
    expect(states(at(1, 59))).toEqual(["due"]);
    expect(states(at(2))).toEqual(["missing"]);
  });

  it("names the newest completed run with its rows, and the run of any other state", () => {
    const first = run("Completed", { rows: 5, minutesAgo: 9 });
    const second = run("Completed", { rows: 6 });
    const failed = run("Failed", { from: 2 });
    expect(coverage([hour(1), hour(2), hour(3)], [first, second, failed], facts(at(12)))).toEqual([
      {
        start: "2026-03-29T01:00:00.000Z",
        end: "2026-03-29T02:00:00.000Z",
        state: "committed",
        runId: second.id,
        rows: 6,
        ...unchecked,
      },
      {
        start: "2026-03-29T02:00:00.000Z",
        end: "2026-03-29T03:00:00.000Z",
        state: "failed",
        runId: failed.id,
        ...unchecked,
      },
      { start: "2026-03-29T03:00:00.000Z", end: "2026-03-29T04:00:00.000Z", state: "missing", ...unchecked },
    ]);
  });

  it("is not expected before the export existed, or where it ended in a pause", () => {
    const state = (more: Partial<CoverageFacts>, runs: CoverageRun[] = []) =>
      coverage([hour(1)], runs, facts(at(12), more)).map(({ state, reason }) => reason ?? state);
    expect(state({ createdAt: at(2) })).toEqual(["before_export"]);
    expect(state({ createdAt: at(1, 59) })).toEqual(["missing"]);
    const rest = (from: Date, to: Date | null) => ({ rests: [{ startedAt: from, endedAt: to }] });
    expect(state(rest(at(1, 30), null))).toEqual(["rest"]);
    expect(state(rest(at(1, 30), at(2, 1)))).toEqual(["rest"]);
    expect(state({ createdAt: at(2), ...rest(at(1, 30), null) })).toEqual(["before_export"]);
    expect(state(rest(at(1, 30), at(2)))).toEqual(["missing"]);
    expect(state({ createdAt: at(9) }, [run("Failed")])).toEqual(["failed"]);
    expect(state({ createdAt: at(9) }, [run("Completed", { supersededBy: "x" })])).toEqual(["missing"]);
  });

  it("says what the last check of the receipt found, and whether it is broken", () => {
    const done = { ...run("Completed", { rows: 5 }), trigger: "heal" as const };
    const receipt = { outcome: "missing" as const, checkedAt: at(11), isBroken: true, sha256: "ab" };
    const found = coverage([hour(1)], [done], facts(at(12), { receipts: new Map([[done.id, receipt]]) }));
    const checked = { outcome: "missing", checkedAt: at(11).toISOString(), healed: true, receiptSha256: "ab" };
    expect(found).toMatchObject([{ state: "broken", runId: done.id, rows: 5, ...checked }]);
  });
});
