import { stopsOthers, type VerifyStep } from "@/lib/fields/verification";
import { ExportError } from "../../errors";

/** Result of one verification step. */
export type Seen = Omit<VerifyStep, "name">;

export const passed = (message: string): Seen => ({ status: "passed", message });

/** One thing that runs require of the source. */
export interface SourceStep {
  name: string;
  /** Steps that must have passed. */
  needs: readonly string[];
  run(): Promise<Seen>;
  /** What to run in ClickHouse to fix this failure code. */
  statement?(code: string): string | null;
}

/** Runs a step; a failure of the source becomes the step's result. */
export async function take(step: SourceStep, before: readonly VerifyStep[]): Promise<VerifyStep> {
  const { name } = step;
  const broken = step.needs.find((need) => before.some((it) => it.name === need && stopsOthers(it)));
  if (broken !== undefined)
    return { name, status: "skipped", message: `Skipped, because the step “${broken}” didn't pass.` };
  try {
    return { name, ...(await step.run()) };
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
    const { code, message, fix } = error.failure;
    const statement = step.statement?.(code) ?? null;
    return {
      name,
      status: "failed",
      message,
      ...(fix && { fix: fix.replace("; then retry the run.", ", then verify again.") }),
      ...(statement && { statement }),
    };
  }
}
