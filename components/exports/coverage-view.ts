import type { Coverage } from "@/lib/schemas/run";
import { coverageSummary } from "./coverage-words";

/** The most bars that fit: an earlier, more frequent schedule may have more windows. */
const SHOWN = 60;

export interface CoverageView {
  /** What all windows are. */
  summary: string;
  /** The windows to draw: the last ones. */
  shown: readonly Coverage[];
  /** Says how many are drawn, if not all. */
  note: string | null;
}

/** Counts all windows of a range, and draws as many as fit. */
export function coverageView(windows: readonly Coverage[]): CoverageView {
  const shown = windows.slice(-SHOWN);
  const note = shown.length < windows.length ? `Showing the last ${SHOWN} of ${windows.length} windows` : null;
  return { summary: coverageSummary(windows), shown, note };
}

/** A kind of bar. */
export type CoverageKind = Pick<Coverage, "state" | "reason">;

/** The kinds among some windows, the most frequent first. */
export function legendOf(windows: readonly Coverage[]): CoverageKind[] {
  const kinds = Map.groupBy(windows, ({ state, reason }) => `${state} ${reason}`);
  const groups = [...kinds.values()].toSorted((one, other) => other.length - one.length);
  return groups.flatMap(([first]) => (first ? { state: first.state, reason: first.reason } : []));
}
