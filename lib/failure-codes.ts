/** The code of the failure that asks for a fresh plan. */
export const PLAN_MISMATCH = "plan_mismatch";

/** The codes of a commit's failures that ask for files to be exported again: which ones, the ledger knows. */
export const EXPORT_AGAIN: readonly string[] = ["staging_lost", "stored_differs", "not_ready"];
