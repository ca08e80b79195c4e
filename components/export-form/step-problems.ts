import type { UseFormReturn } from "react-hook-form";
import { combinationProblems } from "@/lib/schemas/combination";
import type { CreateExport } from "@/lib/schemas/export";
import { STEPS, stepOf } from "./steps";

/**
 * Whether a step is right by itself and goes together with the rest, which the whole schema tells only once every field has
 * something in it.
 */
export async function checkStep(form: UseFormReturn<CreateExport>, step: number): Promise<boolean> {
  if (!(await form.trigger(STEPS[step]?.fields ?? [], { shouldFocus: true }))) return false;
  const problems = combinationProblems(form.getValues()).filter(({ path }) => stepOf(path.join(".")) === step);
  for (const { path, message } of problems)
    form.setError(path.join(".") as `columns.${number}.as`, { type: "custom", message });
  return problems.length === 0;
}
