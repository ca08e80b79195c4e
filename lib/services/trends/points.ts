import type { Coverage } from "@/lib/schemas/run";
import type { TrendPoint, Trends } from "@/lib/schemas/trends";

/** A window's state, and what was measured of it. */
export interface MeasuredWindow extends Pick<Coverage, "start" | "end" | "state"> {
  runId: string | null;
  rows: number | null;
  bytes: number | null;
  seconds: number | null;
  lagSeconds: number | null;
}

/** The first of these that any window of a point has is the point's state. */
const MOST_URGENT: readonly Coverage["state"][] = [
  "failed",
  "broken",
  "missing",
  "cancelled",
  "running",
  "committed",
  "due",
  "not_expected",
];

/** Points of consecutive windows, at most `most`, each of as many windows as that needs. */
export function trendsOf(windows: readonly MeasuredWindow[], most: number): Trends {
  const windowsPerPoint = Math.max(1, Math.ceil(windows.length / most));
  const count = Math.ceil(windows.length / windowsPerPoint);
  const points = Array.from({ length: count }, (_, at) =>
    pointOf(windows.slice(at * windowsPerPoint, (at + 1) * windowsPerPoint)),
  );
  return { windowsPerPoint, points };
}

type Measure = "rows" | "bytes" | "seconds" | "lagSeconds";

function pointOf(windows: readonly MeasuredWindow[]): TrendPoint {
  const count = (...states: Coverage["state"][]) => windows.filter(({ state }) => states.includes(state)).length;
  const state = MOST_URGENT.find((some) => count(some) > 0) ?? "not_expected";
  // Of no value at all, neither a sum nor a maximum is zero.
  const over = (measure: Measure, combine: (a: number, b: number) => number) =>
    windows
      .map((window) => window[measure])
      .filter((value) => value !== null)
      .reduce<number | null>((all, value) => (all === null ? value : combine(all, value)), null);
  const sum = (a: number, b: number) => a + b;
  const isOfState = windows.filter((window) => window.state === state && window.runId !== null);
  const longest = isOfState.toSorted((a, b) => (b.seconds ?? 0) - (a.seconds ?? 0))[0];
  return {
    start: windows[0]!.start,
    end: windows.at(-1)!.end,
    windows: windows.length,
    committed: count("committed", "broken"),
    failed: count("failed"),
    missing: count("missing"),
    state,
    runId: longest?.runId ?? null,
    rows: over("rows", sum),
    bytes: over("bytes", sum),
    seconds: over("seconds", Math.max),
    lagSeconds: over("lagSeconds", Math.max),
  };
}
