import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stepsOfHistory } from "./files";

describe("the steps of a history", () => {
  it("are the groups of a plan, and each other file alone", () => {
    expect(
      stepsOfHistory({
        files: 8,
        from: 0,
        groups: [
          [1, 4],
          [5, 7],
        ],
      }),
    ).toEqual([
      [0, 1],
      [1, 4],
      [4, 5],
      [5, 7],
      [7, 8],
    ]);
  });

  it("of a plan without groups are one file each, as in earlier versions", () => {
    expect(stepsOfHistory({ files: 502, from: 1 })).toEqual(Array.from({ length: 500 }, (_, n) => [n + 1, n + 2]));
  });

  it("are 500 at most, and together with those of the histories after it cover every file once", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 1500 });
    fc.assert(
      fc.property(sizes, (each) => {
        const starts = each.map((_, i) => each.slice(0, i).reduce((sum, size) => sum + size, 0));
        const files = each.reduce((sum, size) => sum + size, 0);
        const groups = starts
          .map((from, i): [number, number] => [from, from + each[i]!])
          .filter(([from, to]) => to - from > 1);
        let from = 0;
        while (from < files) {
          const steps = stepsOfHistory({ files, from, groups });
          expect(steps.length).toBeLessThanOrEqual(500);
          for (const [start, end] of steps) {
            expect(start).toBe(from);
            from = end;
          }
        }
        expect(from).toBe(files);
      }),
      { numRuns: 20 },
    );
  });
});
