import { CancelledFailure, Context } from "@temporalio/activity";
import { ApplicationFailure } from "@temporalio/common";
import { ExportError, type Failure } from "@/lib/errors";
import { WORKER_SHUTDOWN, workerLost } from "@/lib/failure-codes";
import { getLogger, loggable } from "@/lib/services/logger";
import { type Attempts, beginAttempt, endAttempt, pauseAfter } from "@/lib/temporal/attempts";
import { SECOND } from "@/lib/units";
import { failureOf } from "@/worker/steps/failure";
import { isShutdown, shutdownFailure } from "@/worker/steps/shutdown";

/** Heartbeat interval, and how long a shutdown waits for what does not stop at once, in ms. */
const HEARTBEAT = 4_000;
const LAST_MOMENTS = 15_000;

export interface Step {
  attempt: number;
  signal: AbortSignal;
  /** Notes how far this attempt has come: if it is lost after coming further than any before, it doesn't count. */
  reach(parts: number): void;
}

export interface Handling {
  /** Called with an attempt's failure, unless the step was canceled. */
  onFailure?: (failure: Failure, attempt: number, error: unknown) => Promise<void>;
  /** How many attempts may fail; without it, Temporal's retry policy alone decides. */
  most?: number;
}

/**
 * Runs one step of a run as a Temporal activity: heartbeats while it lasts and stops on cancellation. Its failure
 * carries the details the run keeps and whether Temporal may retry. An attempt that the worker's shutdown ends does not
 * count.
 */
export async function step<T>(work: (step: Step) => Promise<T>, handling: Handling = {}): Promise<T> {
  const context = Context.current();
  const { attempt, heartbeatDetails } = context.info;
  const signal = context.cancellationSignal;
  let state = beginAttempt(heartbeatDetails as Attempts | undefined, attempt);
  const beat = (next: Attempts = state) => {
    state = next;
    context.heartbeat(state);
  };
  beat();
  const pulse = setInterval(beat, HEARTBEAT);
  const reach = (reached: number) => {
    state = { ...state, reached };
  };
  try {
    if (handling.most !== undefined && state.counted >= handling.most)
      throw new ExportError(workerLost("retry the run"));
    return await Promise.race([shutDown(signal), work({ attempt, signal, reach })]);
  } catch (error) {
    if (signal.aborted && !isShutdown(signal)) throw new CancelledFailure("cancelled");
    const failure = isShutdown(signal) ? shutdownFailure() : failureOf(error);
    beat(endAttempt(state, { counts: failure.code !== WORKER_SHUTDOWN }));
    await report(failure, attempt, error, handling);
    throw failed(failure, state, handling.most);
  } finally {
    clearInterval(pulse);
  }
}

/**
 * Throws some time after a shutdown has ended a step that does not stop. Whatever it still does ends with the process, and
 * the fence refuses its writes once another attempt has begun.
 */
function shutDown(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const onAbort = () => {
      if (isShutdown(signal)) setTimeout(() => reject(signal.reason), LAST_MOMENTS).unref();
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}

/** An attempt that a shutdown ends must end as that, whatever the ledger answers. */
async function report(failure: Failure, attempt: number, error: unknown, { onFailure }: Handling): Promise<void> {
  try {
    await onFailure?.(failure, attempt, error);
  } catch (refusal) {
    if (failure.code !== WORKER_SHUTDOWN) throw refusal;
    getLogger().warn({ error: loggable(refusal) }, "Recording that a shutdown ended an attempt failed.");
  }
}

function failed(failure: Failure, state: Attempts, most: number | undefined): ApplicationFailure {
  const { code: type, retryable } = failure;
  // Temporal stores messages unencrypted, and the failure's own may name a bucket. It goes into the encrypted details.
  const message = `${type}: see the run's log for details.`;
  const isLast = most !== undefined && state.counted >= most;
  // Temporal would also count the attempts that don't.
  const pause = type === WORKER_SHUTDOWN ? SECOND : most === undefined ? undefined : pauseAfter(state);
  return ApplicationFailure.create({
    ...{ type, message, nonRetryable: !retryable || isLast, details: [failure] },
    ...(pause !== undefined && { nextRetryDelay: pause }),
  });
}
