import type { Failure } from "@/lib/errors";
import { WORKER_SHUTDOWN } from "@/lib/failure-codes";

/** What Temporal's SDK names as the reason when it cancels the activities of a worker that shuts down. */
const REASON = "WORKER_SHUTDOWN";

/** Whether a step is ended because its worker shuts down: another attempt continues it. */
export const isShutdown = ({ aborted, reason }: AbortSignal): boolean =>
  aborted && reason instanceof Error && reason.message === REASON;

export const shutdownFailure = (): Failure => ({
  code: WORKER_SHUTDOWN,
  message: "The worker was shut down before this step ended.",
  fix: "Set WORKER_SHUTDOWN_GRACE_SECONDS to the time that the longest file takes, then retry the run.",
  retryable: true,
});
