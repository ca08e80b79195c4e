import { describe, expect, it } from "vitest";
import { type MeasuredWindow, trendsOf } from "./points";

const NONE = { runId: null, rows: null, bytes: null, seconds: null, lagSeconds: null };

const window = (hour: number, more: Partial<MeasuredWindow> = {}): MeasuredWindow => ({
  start: new Date(Date.UTC(2026, 2, 1, hour)).toISOString(),
  end: new Date(Date.UTC(2026, 2, 1, hour + 1)).toISOString(),
  state: "missing",
  ...NONE,
  ...more,
});

const done = (hour: number, rows: number, seconds: number, lagSeconds: number | null = seconds + 60) =>
  window(hour, { state: "committed", runId: `run-${hour}`, rows, bytes: rows * 10, seconds, lagSeconds });

describe("trends", () => {
  it("of few windows have one point each", () => {
    const { windowsPerPoint, points } = trendsOf([done(0, 5, 2), done(1, 0, 1)], 200);
    expect(windowsPerPoint).toBe(1);
    expect(points).toEqual([
      expect.objectContaining({ windows: 1, committed: 1, state: "committed", runId: "run-0", rows: 5, bytes: 50 }),
      expect.objectContaining({ rows: 0, bytes: 0, seconds: 1, lagSeconds: 61 }),
    ]);
  });

  it("of no windows have no point", () => expect(trendsOf([], 10)).toEqual({ windowsPerPoint: 1, points: [] }));

  it.each([
    [10, 10, 1, 10],
    [11, 10, 2, 6],
    [10_000, 200, 50, 200],
    [3, 1, 3, 1],
  ])("of %i windows in at most %i points have %i windows in each of %i", (windows, most, each, points) => {
    const found = trendsOf(
      Array.from({ length: windows }, (_, hour) => done(hour, 1, 1)),
      most,
    );
    expect(found.windowsPerPoint).toBe(each);
    expect(found.points).toHaveLength(points);
    expect(found.points.reduce((sum, point) => sum + point.windows, 0)).toBe(windows);
    expect(found.points.reduce((sum, point) => sum + (point.rows ?? 0), 0)).toBe(windows);
  });

  it("sum rows and bytes, and keep the longest times with the run that took longest", () => {
    const [point] = trendsOf([done(0, 5, 2, 100), done(1, 7, 9, null), done(2, 1, 3, 80)], 1).points;
    expect(point).toMatchObject({ rows: 13, bytes: 130, seconds: 9, lagSeconds: 100, runId: "run-1", committed: 3 });
    expect(point).toMatchObject({ start: window(0).start, end: window(2).end });
  });

  it("never show as zero what was not measured", () => {
    const [point] = trendsOf([window(0), window(1, { state: "failed", runId: "bad" })], 1).points;
    expect(point).toMatchObject({ ...NONE, runId: "bad", state: "failed", failed: 1, missing: 1, committed: 0 });
  });

  it.each([
    [["committed", "failed", "missing"], "failed"],
    [["committed", "missing"], "missing"],
    [["committed", "broken"], "broken"],
    [["running", "committed"], "running"],
    [["not_expected", "committed"], "committed"],
    [["not_expected", "due"], "due"],
    [["not_expected"], "not_expected"],
  ] as const)("of %j are %s", (states, state) => {
    const windows = states.map((each, hour) => window(hour, { state: each }));
    expect(trendsOf(windows, 1).points[0]?.state).toBe(state);
  });
});
