import type { EndedRuns } from "../types";

/** A run's id as it was before its hyphens were left out. */
export const runIdOf = (plain: string): string => plain.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/**
 * What may be removed from staging: what other runs left that are known to have ended. `runOf` answers with the
 * run that a name says, and with null for a name that Penstock does not give.
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
