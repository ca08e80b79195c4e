import { describe, expect, it } from "vitest";
import { DEFAULT_CHECKS } from "@/lib/fields/checks";
import type { Check } from "@/lib/schemas/check";
import { adviceOf } from "./check-advice";

const check: Check = {
  id: "check",
  checkId: null,
  kind: "source",
  look: "1h",
  intervalStart: "2026-03-29T14:00:00.000Z",
  intervalEnd: "2026-03-29T15:00:00.000Z",
  runId: "run",
  outcome: "late",
  reason: null,
  expected: { rows: 1 },
  found: { rows: 2 },
  checkedAt: "2026-03-29T16:00:00.000Z",
  current: true,
  action: null,
};

const advice = (over: Partial<Check>, onLate: "heal" | "ask" = "heal") =>
  adviceOf({ ...check, ...over }, { checks: { ...DEFAULT_CHECKS, onLate } });

const action = (state: NonNullable<Check["action"]>["state"]) => ({ type: "heal" as const, runId: "healing", state });

describe("advice about a finding", () => {
  it("offers to export the window again, with the late rows if the export asks about them", () => {
    expect(advice({})?.again).toBe("Export the window again");
    expect(advice({}, "ask")?.again).toBe("Export again with the late rows");
    for (const outcome of ["changed", "missing", "unreadable"] as const)
      expect(advice({ outcome })?.again).toBe("Export the window again");
  });

  it("explains what exporting again would lose, or doesn't mend, and offers nothing", () => {
    for (const outcome of ["shrunk", "gone", "extra"] as const)
      expect(advice({ outcome })).toEqual({ words: expect.stringMatching(/^.+\.$/), again: null });
  });

  it("is none where nothing waits for a person", () => {
    for (const outcome of ["unchanged", "intact", "unknown"] as const) expect(advice({ outcome })).toBeNull();
    expect(advice({ current: false })).toBeNull();
    for (const state of ["Starting", "Running", "Completed"] as const)
      expect(advice({ action: action(state) })).toBeNull();
    for (const state of ["Failed", "Cancelled"] as const) expect(advice({ action: action(state) })).not.toBeNull();
  });
});
