import { MINUTE, SECOND } from "@/lib/units";

/** How often something is started again within `WITHIN_MS`; the next failure ends everything. */
export const MOST_RESTARTS = 5;
export const WITHIN_MS = 10 * MINUTE;
const FIRST_PAUSE_MS = SECOND;

/**
 * The pause before the next start, given when the failures happened, the latest last; null after too many. It doubles
 * with each recent failure: a cause that passes, like a full disk, gets half a minute in total.
 */
export function pauseAfter(failures: number[]): number | null {
  const latest = failures.at(-1) ?? 0;
  const recent = failures.filter((at) => latest - at < WITHIN_MS).length;
  return recent > MOST_RESTARTS ? null : FIRST_PAUSE_MS * 2 ** Math.max(0, recent - 1);
}
