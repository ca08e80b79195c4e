import { CancellationScope, continueAsNew, isCancellation } from "@temporalio/workflow";
import type { Failure } from "../../lib/errors";
import type { CheckInput } from "../../lib/temporal/contract";
import { advanceChecks, endChecks } from "./activities";
import { failureOf } from "./failure";

/** Steps per history: it stays far below Temporal's limit on events. */
const PER_HISTORY = 200;

const canceled: Failure = {
  code: "canceled",
  message: "The checks were canceled.",
  fix: "Start them again.",
  retryable: false,
};

/** Carries out requested checks, some windows at a time. */
export async function check(input: CheckInput): Promise<void> {
  try {
    for (let step = 0; step < PER_HISTORY; step += 1) if ((await advanceChecks(input)).isDone) return;
  } catch (error) {
    const failure = isCancellation(error) ? canceled : failureOf(error, "start the checks again");
    await CancellationScope.nonCancellable(() => endChecks({ ...input, error: failure }));
    throw error;
  }
  await continueAsNew<typeof check>(input);
}
