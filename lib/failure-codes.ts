/** The failure code that requests a fresh plan. */
export const PLAN_MISMATCH = "plan_mismatch";

/** The failure code of a run that would replace a committed window by fewer rows, which an admin may allow. */
export const WOULD_SHRINK = "would_shrink";

/** The failure of an unexpected error; the worker's log has the error itself. */
export const internalFailure = (fix: string) => ({
  code: "internal",
  message: "Something went wrong in Penstock.",
  fix,
  retryable: true,
});

/** Codes of commit failures that require exporting files again; the ledger knows which files. */
export const EXPORT_AGAIN: readonly string[] = ["staging_lost", "stored_differs", "not_ready"];

/** The failure of an attempt that ended with its worker's shutdown. It is repeated, and does not count. */
export const WORKER_SHUTDOWN = "worker_shutdown";

/** The code of an attempt that ended with its worker, which reported nothing. */
export const WORKER_LOST = "worker_lost";

/** The failure of a step whose attempts all ended with their workers. `again` says what to do once that is fixed. */
export const workerLost = (again: string) => ({
  code: WORKER_LOST,
  message: "The worker stopped responding in every attempt of this step.",
  fix: `Check that a worker is running and has enough memory, then ${again}.`,
  retryable: true,
});
