import type { RunRow } from "@/lib/db/rows";
import { isActive, type RunState } from "@/lib/fields/run-state";
import type { Coverage } from "@/lib/schemas/run";
import type { Rest, Window } from "@/lib/windows";

/** The columns of a run that coverage needs. */
export interface CoverageRun {
  id: string;
  state: RunState;
  intervalStart: Date;
  intervalEnd: Date;
  rows: number | null;
  /** The run that superseded this run's receipt, if any. */
  supersededBy: string | null;
  trigger: RunRow["trigger"];
  createdAt: Date;
}

/** What is known of a run's receipt. */
export interface ReceiptFacts {
  outcome: Coverage["outcome"];
  checkedAt: Date | null;
  isBroken: boolean;
  sha256: string | null;
}

export interface CoverageFacts {
  /** By run. */
  receipts: ReadonlyMap<string, ReceiptFacts>;
  /** Windows that ended by then were never expected. */
  createdAt: Date;
  /** Windows that ended in one are not expected either. */
  rests: readonly Rest[];
  now: Date;
}

const STATES = {
  Starting: "running",
  Running: "running",
  Failed: "failed",
  Cancelled: "cancelled",
} as const;

/**
 * Computes each window's state from the runs of exactly that interval: committed by the run with the current receipt,
 * or broken if what it names is no longer so; otherwise running if a run is active, otherwise as the newest run ended.
 * Without a run, a window is due until it ends, and then missing, unless it was not expected.
 */
export function coverage(windows: Iterable<Window>, runs: CoverageRun[], facts: CoverageFacts): Coverage[] {
  const byStart = Map.groupBy(runs, ({ intervalStart }) => intervalStart.getTime());
  return Array.from(windows, ({ start, end }) => {
    const sameStart = byStart.get(start.getTime()) ?? [];
    const sameWindow = sameStart.filter(({ intervalEnd }) => intervalEnd.getTime() === end.getTime());
    return { start: start.toISOString(), end: end.toISOString(), ...stateOf(sameWindow, end, facts) };
  });
}

const NONE = { reason: null, outcome: null, checkedAt: null, healed: false, receiptSha256: null };

function stateOf(runs: CoverageRun[], end: Date, facts: CoverageFacts): Omit<Coverage, "start" | "end"> {
  const newestFirst = runs.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const committed = newestFirst.find((run) => run.state === "Completed" && run.supersededBy === null);
  if (committed) return committedBy(committed, facts.receipts.get(committed.id));
  // A completed run with a superseded receipt does not count: its files were about to be overwritten.
  const others = newestFirst.filter((run) => run.state !== "Completed");
  const decisive = others.find((run) => isActive(run.state)) ?? others[0];
  if (!decisive || decisive.state === "Completed") return { ...NONE, ...withoutRun(runs, end, facts) };
  return { state: STATES[decisive.state], runId: decisive.id, ...NONE };
}

const committedBy = ({ id, rows, trigger }: CoverageRun, receipt: ReceiptFacts | undefined) => ({
  state: receipt?.isBroken ? ("broken" as const) : ("committed" as const),
  runId: id,
  reason: null,
  ...(rows !== null && { rows }),
  outcome: receipt?.outcome ?? null,
  checkedAt: receipt?.checkedAt?.toISOString() ?? null,
  healed: trigger === "heal",
  receiptSha256: receipt?.sha256 ?? null,
});

/** A window whose receipt was withdrawn is missing, whenever it ended. */
function withoutRun(
  runs: CoverageRun[],
  end: Date,
  { createdAt, rests, now }: CoverageFacts,
): Pick<Coverage, "state"> & Partial<Pick<Coverage, "reason">> {
  if (end > now) return { state: "due" };
  if (runs.length > 0) return { state: "missing" };
  if (end <= createdAt) return { state: "not_expected", reason: "before_export" };
  const rested = rests.some(({ startedAt, endedAt }) => startedAt <= end && (!endedAt || end < endedAt));
  return rested ? { state: "not_expected", reason: "rest" } : { state: "missing" };
}
