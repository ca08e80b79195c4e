import { isActive, type RunState } from "@/lib/fields/run-state";
import type { Coverage } from "@/lib/schemas/run";
import type { Window } from "@/lib/windows";

/** What coverage needs to know of a run. */
export interface CoverageRun {
  id: string;
  state: RunState;
  intervalStart: Date;
  intervalEnd: Date;
  rows: number | null;
  /** The run that has made a completed one's receipt outdated, if there is one. */
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
 * The state of each window by the runs on exactly that interval: committed by the run whose receipt is
 * current, else running if one is under way, else as the newest one ended; without any run, due until the window has ended
 * and missing from then on.
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
  // A receipt that was withdrawn, because its files were about to be written over, says nothing any more.
  const others = newestFirst.filter((run) => run.state !== "Completed");
  const decisive = others.find((run) => isActive(run.state)) ?? others[0];
  if (!decisive || decisive.state === "Completed") return { state: isOpen ? "due" : "missing" };
  return { state: STATES[decisive.state], runId: decisive.id };
}
