/** The code of the failure that asks for a fresh plan. */
export const PLAN_MISMATCH = "plan_mismatch";

/** The failure of an error that nobody foresaw; the worker's log has the error itself. */
export const internalFailure = (fix: string) => ({
  code: "internal",
  message: "Something failed inside Penstock that it can't explain.",
  fix,
  retryable: true,
});

/** The codes of a commit's failures that ask for files to be exported again: which ones, the ledger knows. */
export const EXPORT_AGAIN: readonly string[] = ["staging_lost", "stored_differs", "not_ready"];
