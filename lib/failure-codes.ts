/** The failure code that requests a fresh plan. */
export const PLAN_MISMATCH = "plan_mismatch";

/** Codes of commit failures that require exporting files again; the ledger knows which files. */
export const EXPORT_AGAIN: readonly string[] = ["staging_lost", "stored_differs", "not_ready"];
