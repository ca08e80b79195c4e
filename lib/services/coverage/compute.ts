import { isActive, type RunState } from "@/lib/fields/run-state";
import type { Coverage } from "@/lib/schemas/run";
import type { Window } from "@/lib/windows";

/** The columns of a run that coverage needs. */
export interface CoverageRun {
  id: string;
  state: RunState;
  intervalStart: Date;
  intervalEnd: Date;
  rows: number | null;
  /** The run that superseded this run's receipt, if any. */
  supersededBy: string | null;
  createdAt: Date;
}

const STATES = {
  Starting: "running",
  Running: "running",
  Failed: "failed",
  Cancelled: "cancelled",
} as const;

/**
 * Computes each window's state from the runs of exactly that interval: committed by the run with the current receipt,
 * otherwise running if a run is active, otherwise as the newest run ended. Without a run, a window is due until it
 * ends, and then missing.
 */
export function coverage(windows: Iterable<Window>, runs: CoverageRun[], now: Date): Coverage[] {
  const byStart = Map.groupBy(runs, ({ intervalStart }) => intervalStart.getTime());
  return Array.from(windows, ({ start, end }) => {
    const sameStart = byStart.get(start.getTime()) ?? [];
    const sameWindow = sameStart.filter(({ intervalEnd }) => intervalEnd.getTime() === end.getTime());
    return { start: start.toISOString(), end: end.toISOString(), ...stateOf(sameWindow, end > now) };
  });
}

function stateOf(runs: CoverageRun[], isOpen: boolean): Pick<Coverage, "state" | "runId" | "rows"> {
  const newestFirst = runs.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const committed = newestFirst.find((run) => run.state === "Completed" && run.supersededBy === null);
  if (committed)
    return { state: "committed", runId: committed.id, ...(committed.rows !== null && { rows: committed.rows }) };
  // A completed run with a superseded receipt does not count: its files were about to be overwritten.
  const others = newestFirst.filter((run) => run.state !== "Completed");
  const decisive = others.find((run) => isActive(run.state)) ?? others[0];
  if (!decisive || decisive.state === "Completed") return { state: isOpen ? "due" : "missing" };
  return { state: STATES[decisive.state], runId: decisive.id };
}
