import type { Failure } from "@/lib/errors";
import { nameOfError } from "@/lib/net/broken";
import { TemporalRefusal } from "@/lib/services/temporal";

const UNAVAILABLE = "temporal_unavailable";

/** The failure of a run that never reached Temporal, so that it does not seem about to start. */
export function unstarted(error: unknown): Failure {
  const never = "so the run didn't start.";
  if (error instanceof TemporalRefusal) {
    const { code, why, fix } = error;
    return { code, message: `${why}, ${never}`, fix: `${fix} Then retry the run.`, retryable: true };
  }
  if ((error as { code?: unknown }).code === UNAVAILABLE) {
    const fix = "Start Temporal again, then retry the run.";
    return { code: UNAVAILABLE, message: `Temporal couldn't be reached, ${never}`, fix, retryable: true };
  }
  const message = `Something went wrong on our side (${nameOfError(error)}), ${never}`;
  return { code: "internal_error", message, fix: "Check the server's log, then retry the run.", retryable: true };
}
