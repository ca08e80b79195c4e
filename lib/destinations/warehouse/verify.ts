import { ExportError, type Failure } from "@/lib/errors";
import type { VerifyResult, VerifyStep } from "@/lib/fields/verification";
import { addressRefused, checkAddress, type Guarding } from "@/lib/net/guard";

/** One step of a warehouse's verification. */
export interface WarehouseStep {
  name: string;
  /** Steps that must have passed before. */
  needs: readonly string[];
  /** Does it, and says what was seen. */
  run(): Promise<string>;
  /** What to run in the warehouse where the step lacked a permission. */
  statement?: string;
}

/** What a step fails with where a statement, run in the warehouse, mends it; null where none does. */
export class Mendable extends ExportError {
  constructor(
    failure: Failure,
    readonly statement: string | null,
  ) {
    super(failure);
  }
}

/** The first step of all: whether the guard has anything against the address. */
export const addressStep = (url: string, guarding: Guarding): WarehouseStep => ({
  name: "Address",
  needs: [],
  run: async () => {
    const problem = await checkAddress(url, guarding);
    if (problem) throw addressRefused(problem);
    return `${new URL(url).host} may be connected to.`;
  },
});

/** Runs the steps in their order; what needs a step that failed is skipped. `explain` turns what was thrown into words. */
export async function runSteps(
  steps: readonly WarehouseStep[],
  explain: (error: unknown) => ExportError,
): Promise<VerifyResult> {
  const results: VerifyStep[] = [];
  for (const step of steps) {
    const broken = step.needs.find((name) => results.some((it) => it.name === name && it.status !== "passed"));
    results.push(broken === undefined ? await attempt(step, explain) : notTried(step, broken));
  }
  return { ok: results.every(({ status }) => status !== "failed"), steps: results };
}

const notTried = ({ name }: WarehouseStep, broken: string): VerifyStep => ({
  name,
  status: "skipped",
  message: `Not tried, because the step “${broken}” did not pass.`,
});

async function attempt(step: WarehouseStep, explain: (error: unknown) => ExportError): Promise<VerifyStep> {
  const { name, statement } = step;
  try {
    return { name, status: "passed", message: await step.run() };
  } catch (error) {
    const { failure } = explain(error);
    // Some warehouses can't tell what is missing from what one may not use.
    const grant = failure.code.startsWith("missing_") ? statement : undefined;
    const mending = error instanceof Mendable ? error.statement : grant;
    const fix = failure.fix?.replace("; then retry the run.", ", then verify again.");
    return {
      name,
      status: "failed",
      message: failure.message,
      ...(fix && { fix }),
      ...(mending && { statement: mending }),
    };
  }
}
