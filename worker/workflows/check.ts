import { continueAsNew } from "@temporalio/workflow";
import type { CheckInput } from "../../lib/temporal/contract";
import { advanceChecks, endChecks } from "./activities";
import { failureOf } from "./failure";

/** Batches per history: it stays far below Temporal's limit on events. */
const PER_HISTORY = 200;

/** Carries out requested checks, some windows at a time. */
export async function check(input: CheckInput): Promise<void> {
  try {
    for (let batch = 0; batch < PER_HISTORY; batch += 1) if ((await advanceChecks(input)).isDone) return;
  } catch (error) {
    await endChecks({ ...input, error: failureOf(error) });
    throw error;
  }
  await continueAsNew<typeof check>(input);
}
