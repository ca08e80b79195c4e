import { ActivityFailure, ApplicationFailure, TimeoutFailure } from "@temporalio/workflow";
import type { Failure } from "../../lib/errors";
import { internalFailure, workerLost } from "../../lib/failure-codes";

/** Why a step failed for good, as stored with the run or the request. `again` says what to do once that is fixed. */
export function failureOf(error: unknown, again = "retry the run"): Failure {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure) {
    const [failure] = (cause.details ?? []) as [Failure | undefined];
    if (failure) return failure;
  }
  if (cause instanceof TimeoutFailure) return workerLost(again);
  return internalFailure(`Check the worker's log, then ${again}.`);
}
