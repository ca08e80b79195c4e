import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutFiles, type Stretch } from "./cut";
import { clickhouseTime, micros } from "./time";

const stretch = (bytes: number, index: number): Stretch => ({
  from: { time: clickhouseTime(index), uuid: "00000000-0000-0000-0000-000000000000" },
  rows: 1,
  bytes,
  fingerprint: 2n ** 63n + BigInt(index),
});

describe("cutFiles", () => {
  it.each([
    ["nothing", [], 10, []],
    ["one file", [3, 3, 3], 10, [9]],
    ["one file without a limit", [3, 3, 3], Number.POSITIVE_INFINITY, [9]],
    ["exactly full", [5, 5, 1], 10, [10, 1]],
    ["too large a stretch stands alone", [1, 20, 1], 10, [1, 20, 1]],
  ])("%s", (_, sizes, max, expected) => {
    expect(cutFiles(sizes.map(stretch), max).map(({ bytes }) => bytes)).toEqual(expected);
  });

  it("covers the window without a gap: each file begins where the one before it ends", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), (sizes) => {
        const files = cutFiles(sizes.map(stretch), 25);
        expect(files[0]?.bounds.from).toBeNull();
        expect(files.at(-1)?.bounds.to).toBeNull();
        for (const [i, file] of files.slice(1).entries()) expect(file.bounds.from).toEqual(files[i]?.bounds.to);
        expect(files.reduce((sum, { rows }) => sum + rows, 0)).toBe(sizes.length);
        for (const { bytes } of files) expect(bytes).toBeLessThanOrEqual(25);
      }),
    );
  });

  it("adds fingerprints modulo 2^64", () => {
    expect(cutFiles([stretch(1, 0), stretch(1, 1)], 10)[0]?.fingerprint).toBe(1n);
  });
});

describe("clickhouseTime", () => {
  it.each([
    [micros(new Date("2026-03-29T00:00:00Z")), "2026-03-29 00:00:00.000000"],
    [micros(new Date("2026-03-29T00:00:00.123Z")) + 456, "2026-03-29 00:00:00.123456"],
    [-1, "1969-12-31 23:59:59.999999"],
  ])("%d", (us, expected) => {
    expect(clickhouseTime(us)).toBe(expected);
  });
});
