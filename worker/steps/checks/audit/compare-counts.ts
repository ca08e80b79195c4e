import type { CountedRun, TableGone } from "@/lib/destinations/types";
import type { CommitMode } from "@/lib/destinations/warehouse/settings";
import type { DestinationOutcome } from "@/lib/fields/checks";
import type { Window } from "@/lib/windows";

/** A table of a run's receipt, and what it holds now. */
export interface TableCounts {
  /** Its name in the warehouse. */
  name: string;
  /** The run's rows after its commit. */
  expected: number;
  /** Rows of the export by run and window. */
  counted: readonly CountedRun[] | TableGone;
  /** Whether its rows are merged by their keys, rather than kept by window. */
  isMerged: boolean;
}

export interface Comparing {
  runId: string;
  window: Window;
  commitMode: CommitMode;
  /** Whether a later run of a window around this one has replaced its rows. */
  isReplaced: boolean;
}

export interface TableVerdict {
  outcome: Exclude<DestinationOutcome, "unreadable">;
  rows: number;
  reason: string | null;
}

/**
 * Compares the rows of a run in a table with its receipt. Where each window keeps its own rows, the numbers must be
 * equal, and in replace mode no other run may have rows of the window. Later versions of persons take rows away from a
 * merged table, of any export, so there only more rows than the receipt's prove something.
 */
export function compareCounts(table: TableCounts, { runId, window, commitMode, isReplaced }: Comparing): TableVerdict {
  const { name, expected, counted, isMerged } = table;
  if ("gone" in counted) return { outcome: expected > 0 ? "missing" : "intact", rows: 0, reason: counted.gone };
  const isMergedByKey = isMerged && commitMode === "replace";
  const rows = sum(counted.filter((one) => one.runId === runId));
  const others = counted.filter((one) => one.runId !== runId && isSameWindow(one.window, window));
  const foreign = commitMode === "replace" && !isMerged ? sum(others) : 0;
  const now = `${name} has ${rows} of the ${expected} rows in the receipt`;
  if (rows > expected) return { outcome: "extra", rows, reason: `${now}.` };
  if (rows < expected && isMergedByKey)
    return {
      outcome: "unknown",
      rows,
      reason: `${now}. Newer versions of persons replace rows, so a lower count proves nothing.`,
    };
  if (rows < expected && isReplaced)
    return { outcome: "unknown", rows, reason: `${now}. A later run of a longer window replaced this window's rows.` };
  if (rows < expected && foreign > 0)
    return { outcome: "changed", rows, reason: `${now}, and ${foreign} rows in the window from another run.` };
  if (rows < expected) return { outcome: "missing", rows, reason: `${now}.` };
  if (foreign > 0)
    return {
      outcome: "extra",
      rows: rows + foreign,
      reason: `${name} has ${foreign} rows in the window from another run.`,
    };
  return { outcome: "intact", rows, reason: null };
}

const isSameWindow = (a: Window, b: Window) =>
  a.start.getTime() === b.start.getTime() && a.end.getTime() === b.end.getTime();

const sum = (counted: readonly CountedRun[]) => counted.reduce((total, { rows }) => total + rows, 0);

/** Worst first. */
const ORDER = ["missing", "changed", "unknown", "extra", "intact"] as const;

/** What is found of all tables together. */
export function joined(verdicts: readonly TableVerdict[]): TableVerdict {
  const outcome = ORDER.find((one) => verdicts.some((verdict) => verdict.outcome === one)) ?? "intact";
  const reasons = verdicts.flatMap(({ reason }) => (reason === null ? [] : [reason]));
  return {
    outcome,
    rows: verdicts.reduce((total, { rows }) => total + rows, 0),
    reason: reasons.length === 0 ? null : reasons.join(" "),
  };
}
