import { describe, expect, it } from "vitest";
import { type Attempts, beginAttempt, endAttempt, pauseAfter } from "./attempts";

/** Takes attempts that end in the given ways; a number is how far a lost one came. Returns the state of the next. */
function after(ends: readonly ("fails" | "shutdown" | "unseen" | number)[]): Attempts {
  let known: Attempts | undefined;
  for (const [index, end] of ends.entries()) {
    if (end === "unseen") continue;
    const begun = beginAttempt(known, index + 1);
    known = typeof end === "number" ? { ...begun, reached: end } : endAttempt(begun, { counts: end === "fails" });
  }
  return beginAttempt(known, ends.length + 1);
}

describe("attempts at a step", () => {
  it.each([
    ["none yet", [], 0],
    ["failures", ["fails", "fails"], 2],
    ["shutdowns", Array.from({ length: 20 }, () => "shutdown" as const), 0],
    ["a failure among shutdowns", ["shutdown", "fails", "shutdown"], 1],
    ["lost ones that stored nothing", [0, 0, 0], 3],
    ["lost ones, each further than those before", [3, 5, 9], 0],
    ["lost ones that came no further", [3, 3, 2], 2],
    ["one lost before it began", ["fails", "unseen", "shutdown"], 2],
    ["those of an earlier version", ["unseen", "unseen"], 2],
  ] as const)("count: %s", (_, ends, counted) => {
    expect(after(ends)).toMatchObject({ counted, attempt: ends.length + 1, isOver: false, reached: 0 });
  });

  it("that Temporal numbers from 1 again keep their count", () => {
    expect(beginAttempt({ counted: 4, attempt: 9, isOver: true, furthest: 0, reached: 0 }, 1).counted).toBe(4);
  });

  it("pause for longer after each that counted, up to two minutes", () => {
    expect([0, 1, 2, 6, 7, 8, 60].map((counted) => pauseAfter({ counted }))).toEqual([
      2000, 2000, 4000, 64_000, 120_000, 120_000, 120_000,
    ]);
  });
});
