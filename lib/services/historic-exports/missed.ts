import type { CatchUp } from "@/lib/schemas/export";
import type { Coverage } from "@/lib/schemas/run";
import type { Window } from "@/lib/windows";

/** The range begins when windows were first expected; those that ended in a pause since then are caught up too. */
const MISSED: Coverage["state"][] = ["failed", "missing", "not_expected"];

/**
 * The range that catching up exports: from the first to the last window that failed or never ran. Committed windows in
 * between are exported again. Running windows, those in `active` historic exports, and canceled ones do not count as
 * missed. Null if no window was missed.
 */
export function missed(coverage: Coverage[], active: Window[]): CatchUp | null {
  const isAwaited = ({ start, end }: Coverage) =>
    active.some((range) => range.start <= new Date(start) && new Date(end) <= range.end);
  const isMissed = (window: Coverage) => MISSED.includes(window.state) && !isAwaited(window);
  const from = coverage.findIndex(isMissed);
  const to = coverage.findLastIndex(isMissed);
  const [first, last] = [coverage[from], coverage[to]];
  return first && last ? { start: first.start, end: last.end, windows: to - from + 1 } : null;
}
