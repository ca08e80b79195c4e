import { invalid } from "@/lib/errors";
import { type Combined, combinationProblems } from "@/lib/schemas/combination";

/** Refuses what can't be combined. A change gives parts of an export: whether they go together is known only of the whole. */
export function checkCombination(spec: Combined): void {
  const problems = combinationProblems(spec).map(({ path, message }) => ({ path: path.join("."), message }));
  const [first] = problems;
  if (first) throw invalid(`${first.path} ${first.message}`, problems);
}
