import type { EndedRuns } from "../types";

/** Restores the hyphens of a run's id. */
export const runIdOf = (plain: string): string => plain.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/**
 * What may be removed from staging: leftovers of other runs that are known to have ended. `runOf` returns the run that
 * a name contains, or null for a name that Penstock doesn't use.
 */
export async function leftBy<T>(
  found: readonly T[],
  runOf: (one: T) => string | null,
  mine: string,
  ended: EndedRuns,
): Promise<T[]> {
  const others = new Set(found.map(runOf).filter((id) => id !== null && id !== mine) as string[]);
  if (others.size === 0) return [];
  const known = await ended([...others]);
  return found.filter((one) => {
    const id = runOf(one);
    return id !== null && id !== mine && known.has(id);
  });
}
