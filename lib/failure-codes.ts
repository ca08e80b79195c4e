/** The failure code that requests a fresh plan. */
export const PLAN_MISMATCH = "plan_mismatch";

/** The failure code of a run that would replace a committed window by fewer rows, which an admin may allow. */
export const WOULD_SHRINK = "would_shrink";

/** The failure of an unexpected error; the worker's log has the error itself. */
export const internalFailure = (fix: string) => ({
  code: "internal",
  message: "Something failed inside Penstock that it can't explain.",
  fix,
  retryable: true,
});

/** Codes of commit failures that require exporting files again; the ledger knows which files. */
export const EXPORT_AGAIN: readonly string[] = ["staging_lost", "stored_differs", "not_ready"];
