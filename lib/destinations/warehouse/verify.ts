import { ExportError, type Failure } from "@/lib/errors";
import { stopsOthers, type VerifyResult, type VerifyStep } from "@/lib/fields/verification";
import { addressRefused, checkAddress, type Guarding } from "@/lib/net/guard";

export interface WarehouseStep {
  name: string;
  /** Steps that must pass first. */
  needs: readonly string[];
  /** Runs the step; returns its result. */
  run(): Promise<string>;
  /** What to run in the warehouse if the step lacked a permission. */
  statement?: string;
}

/** A step's failure, with the statement that fixes it in the warehouse; null if none does. */
export class Mendable extends ExportError {
  constructor(
    failure: Failure,
    readonly statement: string | null,
  ) {
    super(failure);
  }
}

/** The first step: whether the guard allows the address. */
export const addressStep = (url: string, guarding: Guarding): WarehouseStep => ({
  name: "Address",
  needs: [],
  run: async () => {
    const problem = await checkAddress(url, guarding);
    if (problem) throw addressRefused(problem);
    return `This installation allows connections to ${new URL(url).host}.`;
  },
});

/** Runs the steps in order; skips those that need a failed one. `explain` turns errors into `ExportError`s. */
export async function runSteps(
  steps: readonly WarehouseStep[],
  explain: (error: unknown) => ExportError,
): Promise<VerifyResult> {
  const results: VerifyStep[] = [];
  for (const step of steps) {
    const broken = step.needs.find((name) => results.some((it) => it.name === name && stopsOthers(it)));
    results.push(broken === undefined ? await attempt(step, explain) : notTried(step, broken));
  }
  return { ok: results.every(({ status }) => status !== "failed"), steps: results };
}

const notTried = ({ name }: WarehouseStep, broken: string): VerifyStep => ({
  name,
  status: "skipped",
  message: `Skipped, because the step “${broken}” didn't pass.`,
});

async function attempt(step: WarehouseStep, explain: (error: unknown) => ExportError): Promise<VerifyStep> {
  const { name, statement } = step;
  try {
    return { name, status: "passed", message: await step.run() };
  } catch (error) {
    const { failure } = explain(error);
    // Some warehouses can't distinguish a missing object from a forbidden one.
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
