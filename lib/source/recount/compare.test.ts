import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareCounts } from "./compare";

const compare = (
  [rows, ...files]: number[],
  [foundRows, ...foundFiles]: number[],
  fingerprints: [bigint | null, bigint] | null = null,
) =>
  compareCounts(
    { rows: rows!, files, fingerprint: fingerprints?.[0] ?? null },
    { rows: foundRows!, files: foundFiles, fingerprint: fingerprints?.[1] ?? 0n },
    { fingerprints: fingerprints !== null },
  );

describe("what counts say of a window's rows", () => {
  it.each<[string, number[], number[], string]>([
    ["the same", [5, 2, 3], [5, 2, 3], "unchanged"],
    ["an empty window that still is", [0], [0], "unchanged"],
    ["one more in a file", [5, 2, 3], [6, 2, 4], "late"],
    ["one more beside all files", [5, 2, 3], [6, 2, 3], "late"],
    ["rows in an empty window", [0], [1], "late"],
    ["one fewer", [5, 2, 3], [4, 2, 2], "shrunk"],
    ["fewer in one file, more in another, fewer in total", [5, 2, 3], [4, 3, 1], "shrunk"],
    ["none", [5, 2, 3], [0, 0, 0], "gone"],
    ["as many, in other files", [5, 2, 3], [5, 3, 2], "changed"],
    ["more in total, but fewer in a file", [5, 2, 3], [6, 1, 5], "changed"],
  ])("%s", (_, expected, found, outcome) => {
    expect(compare(expected, found)).toBe(outcome);
  });

  it("are the same with another fingerprint only if fingerprints are compared", () => {
    expect(compare([5, 5], [5, 5], [1n, 2n])).toBe("changed");
    expect(compare([5, 5], [5, 5], [1n, 1n])).toBe("unchanged");
    expect(compare([5, 5], [5, 5], [null, 2n])).toBe("unchanged");
    expect(compare([5, 5], [6, 6], [1n, 2n])).toBe("late");
  });

  it("is unchanged only if every count is the same, and late only if none is smaller", () => {
    const counts = fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(counts, fc.nat(2), (files, beside) => {
        const [before, after] = [files.map(([a]) => a), files.map(([, b]) => b)];
        const sum = (all: number[]) => all.reduce((total, one) => total + one, 0);
        const outcome = compare([sum(before), ...before], [sum(after) + beside, ...after]);
        const same = beside === 0 && before.every((rows, at) => rows === after[at]);
        const fewer = before.some((rows, at) => after[at]! < rows);
        expect(outcome === "unchanged").toBe(same);
        if (outcome === "late") expect(fewer).toBe(false);
        if (outcome === "gone") expect(sum(after) + beside).toBe(0);
        if (outcome === "shrunk") expect(sum(after) + beside).toBeLessThan(sum(before));
      }),
    );
  });
});
