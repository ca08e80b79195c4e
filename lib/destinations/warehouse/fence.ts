import { ExportError } from "@/lib/errors";
import type { WarehouseColumn } from "./tables";

/**
 * The table that says which run each window's rows are of, beside the tables that exports fill. A commit writes its window's row
 * in its own transaction, and only over lower numbers: so a run that has ended can't commit after a later one, and one whose
 * commit went through without an answer finds that out.
 */
export const COMMITS = "_penstock_commits";

/** Unique by export and start of the window. The columns of a window are called as in the tables that are filled. */
export const COMMITS_COLUMNS: readonly WarehouseColumn[] = [
  { name: "_export_id", kind: "text" },
  { name: "_interval_start", kind: "time" },
  { name: "_interval_end", kind: "time" },
  { name: "fence", kind: "int" },
  { name: "_run_id", kind: "text" },
  { name: "committed_at", kind: "time" },
];

/** What the commit of a run ends with when a later run's commit of its window is there: nothing has changed. */
export const superseded = () =>
  new ExportError({
    code: "superseded",
    message: "A later run of this window has been committed, so this one has changed nothing.",
    fix: `The table holds the later run's rows. Only after Penstock's database was restored from a backup: delete the window's row from ${COMMITS}, then retry the run.`,
    retryable: false,
  });
