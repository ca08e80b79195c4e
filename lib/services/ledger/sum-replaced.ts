import type { Replaced } from "@/lib/db/schema/run-files";
import type { Replacements } from "@/lib/fields/receipt";
import type { Statement } from "./chain/append";

/** Sums the replacements of all files of a run; null if one was written before they were counted. */
export function sumReplaced(files: readonly { replaced: Replaced | null }[]): Replaced | null {
  let characters: number | null = null;
  for (const { replaced } of files) {
    if (!replaced) return null;
    if (replaced.characters !== null) characters = (characters ?? 0) + replaced.characters;
  }
  return { values: summed(files.flatMap(({ replaced }) => replaced?.values ?? [])), characters };
}

/** Adds values of the same column and reason. */
function summed(all: Replacements): Replacements {
  const sums = new Map<string, Replacements[number]>();
  for (const one of all) {
    const key = JSON.stringify([one.table, one.column, one.reason]);
    sums.set(key, { ...one, values: one.values + (sums.get(key)?.values ?? 0) });
  }
  return [...sums.values()];
}

/** A receipt's fields for the replacements of a run. */
export const replacedFields = (values: Replacements) => ({
  replaced: values.reduce((sum, one) => sum + one.values, 0),
  replacements: values,
});

/** A receipt that also counts what its warehouse replaced; without counts if the warehouse's are not known. */
export function withReplacements(statement: Statement, found: Replacements | null | undefined): Statement {
  const { replaced: _, replacements, ...rest } = statement;
  if (found === null) return rest;
  return replacements && found ? { ...statement, ...replacedFields(summed([...replacements, ...found])) } : statement;
}
