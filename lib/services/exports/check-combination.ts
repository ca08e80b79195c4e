import type { ExportRow } from "@/lib/db/rows";
import { invalid } from "@/lib/errors";
import { changedProblems, combinationProblems } from "@/lib/schemas/combination";

/**
 * Refuses what can't be combined. A change gives parts of an export: whether they go together is known only of the whole. What was
 * saved before a rule came stays until the export is switched to another file schema.
 */
export function checkCombination(next: ExportRow, stored: ExportRow): void {
  const found = next.fileSchema === stored.fileSchema ? changedProblems(next, stored) : combinationProblems(next);
  const problems = found.map(({ path, message }) => ({ path: path.join("."), message }));
  const [first] = problems;
  if (first) throw invalid(`${first.path} ${first.message}`, problems);
}
