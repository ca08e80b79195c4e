import { ExportError } from "@/lib/errors";
import type { WarehouseColumn } from "./tables";

/**
 * The table that records which run each window's rows come from, next to the tables that exports fill. A commit updates
 * its window's row in its own transaction, and only over lower numbers: an ended run can't commit after a later one,
 * and a run whose commit succeeded without an answer finds that out.
 */
export const COMMITS = "_penstock_commits";

/** Unique by export and window start. Window columns have the same names as in the filled tables. */
export const COMMITS_COLUMNS: readonly WarehouseColumn[] = [
  { name: "_export_id", kind: "text" },
  { name: "_interval_start", kind: "time" },
  { name: "_interval_end", kind: "time" },
  { name: "fence", kind: "int" },
  { name: "_run_id", kind: "text" },
  { name: "committed_at", kind: "time" },
];

/** The failure of a commit after a later run's commit of its window: nothing has changed. */
export const superseded = () =>
  new ExportError({
    code: "superseded",
    message: "A later run of this window was committed, so this run changed nothing.",
    fix: `The table has the later run's rows. Only if Penstock's database was restored from a backup: delete the window's row from ${COMMITS}, then retry the run.`,
    retryable: false,
  });
