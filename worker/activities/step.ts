import { CancelledFailure, Context } from "@temporalio/activity";
import { ApplicationFailure } from "@temporalio/common";
import type { Failure } from "@/lib/errors";
import { failureOf } from "@/worker/steps/failure";

/** Heartbeat interval, in ms. */
const HEARTBEAT = 4_000;

export interface Step {
  attempt: number;
  signal: AbortSignal;
}

/**
 * Runs one step of a run as a Temporal activity: heartbeats while it lasts and stops on cancellation. Its failure
 * carries the details the run keeps and whether Temporal may retry.
 */
export async function step<T>(
  work: (step: Step) => Promise<T>,
  onFailure: (failure: Failure, attempt: number, error: unknown) => Promise<void> = async () => {},
): Promise<T> {
  const context = Context.current();
  const { attempt } = context.info;
  const signal = context.cancellationSignal;
  context.heartbeat();
  const pulse = setInterval(() => context.heartbeat(), HEARTBEAT);
  try {
    return await work({ attempt, signal });
  } catch (error) {
    if (signal.aborted) throw new CancelledFailure("cancelled");
    const failure = failureOf(error);
    await onFailure(failure, attempt, error);
    const { code: type, retryable } = failure;
    // Temporal stores messages unencrypted, and the failure's own may name a bucket. It goes into the encrypted
    // details.
    const message = `${type}: the run's log says more.`;
    throw ApplicationFailure.create({ type, message, nonRetryable: !retryable, details: [failure] });
  } finally {
    clearInterval(pulse);
  }
}
