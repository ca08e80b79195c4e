import type { Replaced } from "@/lib/db/schema/run-files";

/** Sums the replacements of all files of a run; null if one was written before they were counted. */
export function sumReplaced(files: readonly { replaced: Replaced | null }[]): Replaced | null {
  const sums = new Map<string, Replaced["values"][number]>();
  let characters: number | null = null;
  for (const { replaced } of files) {
    if (!replaced) return null;
    if (replaced.characters !== null) characters = (characters ?? 0) + replaced.characters;
    for (const one of replaced.values) {
      const key = JSON.stringify([one.table, one.column, one.reason]);
      sums.set(key, { ...one, values: one.values + (sums.get(key)?.values ?? 0) });
    }
  }
  return { values: [...sums.values()], characters };
}
