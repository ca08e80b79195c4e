import { describe, expect, it } from "vitest";
import { counts, oneMoreFailure } from "./failing";

describe("one more window that failed for good", () => {
  it.each([
    [{ paused: false, pauseAfterFailures: 3, failuresInRow: 0 }, 1, false],
    [{ paused: false, pauseAfterFailures: 3, failuresInRow: 1 }, 2, false],
    [{ paused: false, pauseAfterFailures: 3, failuresInRow: 2 }, 3, true],
    // The setting was lowered meanwhile.
    [{ paused: false, pauseAfterFailures: 3, failuresInRow: 7 }, 8, true],
    [{ paused: true, pauseAfterFailures: 3, failuresInRow: 2 }, 3, false],
    [{ paused: false, pauseAfterFailures: 1, failuresInRow: 0 }, 1, true],
    [{ paused: false, pauseAfterFailures: 0, failuresInRow: 99 }, 100, false],
  ])("of %o makes %i, pauses: %s", (exported, failures, pauses) => {
    expect(oneMoreFailure(exported, { code: "unreachable" })).toEqual({ failures, pauses });
  });

  it("does not count if the window would shrink", () => {
    const exported = { paused: false, pauseAfterFailures: 1, failuresInRow: 0 };
    expect(oneMoreFailure(exported, { code: "would_shrink" })).toEqual({ failures: 0, pauses: false });
  });

  it("does not count in a historic export, or when it heals a window", () => {
    expect(counts({ historicExportId: null, trigger: "retry" })).toBe(true);
    expect(counts({ historicExportId: "5a3b0d84-3c0f-4f0e-9d53-1c2d3e4f5a6b", trigger: "historic" })).toBe(false);
    expect(counts({ historicExportId: null, trigger: "heal" })).toBe(false);
  });
});
