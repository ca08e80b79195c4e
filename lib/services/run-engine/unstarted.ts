import type { Failure } from "@/lib/errors";

/** A run that Temporal never got must not look as if it were about to start. */
export const UNSTARTED: Failure = {
  code: "temporal_unavailable",
  message: "Temporal couldn't be reached, so the run was never started.",
  fix: "Bring Temporal back, then retry the run.",
  retryable: true,
};
