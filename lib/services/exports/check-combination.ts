import type { ExportRow } from "@/lib/db/rows";
import { invalid } from "@/lib/errors";
import { changedProblems, combinationProblems } from "@/lib/schemas/combination";

/**
 * Throws a 422 for settings that can't be combined. A patch has only parts, so this checks the merged export.
 * Combinations saved before a rule existed stay valid until the export changes its file schema.
 */
export function checkCombination(next: ExportRow, stored: ExportRow): void {
  const found = next.fileSchema === stored.fileSchema ? changedProblems(next, stored) : combinationProblems(next);
  const problems = found.map(({ path, message }) => ({ path: path.join("."), message }));
  const [first] = problems;
  if (first) throw invalid(`${first.path}: ${first.message}`, problems);
}
