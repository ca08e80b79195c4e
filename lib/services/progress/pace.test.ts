import { describe, expect, it } from "vitest";
import { paceOf, type Sample, secondsLeft, secondsLeftOfWindows, withSample } from "./pace";

/** Samples at seconds, with rows; a row has 10 bytes. */
const samples = (...given: [seconds: number, rows: number | null, bytes?: number][]): Sample[] =>
  given
    .map(([seconds, rows, bytes = (rows ?? 0) * 10]) => ({ at: seconds * 1000, rows, bytes }))
    .reduce<Sample[]>((all, next) => withSample(all, next), []);

describe("a pace", () => {
  const cases: [string, Sample[], number | null, number | null][] = [
    ["of nothing", [], null, null],
    ["of one sample", samples([0, 0]), null, null],
    ["of less than two seconds", samples([0, 0], [1.9, 500]), null, null],
    ["of two seconds", samples([0, 0], [2, 500]), 250, 2500],
    ["of no rows at all", samples([0, 0], [10, 0]), 0, 0],
    ["looks back 20 seconds", samples([0, 0], [20, 200], [40, 2200]), 100, 1000],
    ["that slowed down", samples([0, 0], [10, 1000], [20, 1000], [30, 1000]), 0, 0],
    ["of a stall that just began", samples([0, 0], [10, 1000], [15, 1000]), 1000 / 15, 10_000 / 15],
    ["of an attempt that began again", samples([0, 0], [10, 1000], [12, 0], [16, 200]), 50, 500],
    ["of one that has only begun again", samples([0, 0], [10, 1000], [12, 0]), null, null],
    ["after the clock was set back", samples([100, 0], [110, 1000], [50, 1100], [54, 1500]), 100, 1000],
    ["of two samples at one moment", samples([0, 0], [2, 100], [2, 200]), 100, 1000],
    ["of rows that aren't counted on the way", samples([0, null, 0], [4, null, 800]), null, 200],
    ["of rows that are counted only later", samples([0, 0, 0], [4, null, 800]), null, 200],
  ];
  it.each(cases)("%s", (_, given, rowsPerSecond, bytesPerSecond) => {
    expect(paceOf(given)).toEqual({ rowsPerSecond, bytesPerSecond });
  });

  it("keeps a bounded number of samples", () => {
    const many = Array.from({ length: 1000 }, (_, second): [number, number] => [second, second]);
    expect(samples(...many)).toHaveLength(21);
  });
});

describe("the time left", () => {
  const pace = { rowsPerSecond: 10, bytesPerSecond: 100 };
  const work = { rows: 40 as number | null, bytes: 400, expectedRows: 100, bytesPerRow: null as number | null };
  const cases: [string, Partial<typeof work>, Partial<Record<keyof typeof pace, number | null>>, number | null][] = [
    ["by rows", {}, {}, 6],
    ["is rounded up", { rows: 41 }, {}, 6],
    ["of a file that is read", { rows: 100 }, {}, 0],
    ["of more rows than expected", { rows: 130 }, {}, 0],
    ["of no rows", { rows: 0, expectedRows: 0 }, {}, 0],
    ["without a pace", {}, { rowsPerSecond: null }, null],
    ["at a standstill", {}, { rowsPerSecond: 0 }, null],
    ["by bytes, without a size to expect", { rows: null }, {}, null],
    ["by bytes", { rows: null, bytesPerRow: 10 }, {}, 6],
    ["by bytes, beyond the size to expect", { rows: null, bytesPerRow: 1 }, {}, 0],
    ["by bytes, at a standstill", { rows: null, bytesPerRow: 10 }, { bytesPerSecond: 0 }, null],
  ];
  it.each(cases)("%s", (_, given, paced, seconds) => {
    expect(secondsLeft({ ...work, ...given }, { ...pace, ...paced })).toBe(seconds);
  });

  it.each([
    ["before two are done", 1, 10, 60_000, null],
    ["by those that are done", 2, 10, 60_000, 240],
    ["when all are done", 10, 10, 60_000, 0],
    ["if the clock was set back", 5, 10, -1, null],
  ])("of windows, %s", (_, done, all, elapsed, seconds) => {
    expect(secondsLeftOfWindows(done, all, elapsed)).toBe(seconds);
  });
});
