import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { ExportRow, RunRow } from "@/lib/db/rows";
import { exports } from "@/lib/db/schema";
import { raiseAlert } from "@/lib/services/alerts";
import { completeHistoric } from "@/lib/services/ledger";

/**
 * What follows from a commit, in its transaction, which holds the export: the failures in a row are over, its people are told
 * that it works again if `openCause` was told to them, and a historic export that only this window was missing is complete.
 * Answers with the alert.
 */
export async function afterCommit(
  tx: Tx,
  exported: ExportRow,
  run: RunRow,
  openCause: string | null,
): Promise<string | null> {
  if (run.historicExportId) await completeHistoric(tx, run.historicExportId);
  if (exported.failuresInRow > 0) await tx.update(exports).set({ failuresInRow: 0 }).where(eq(exports.id, exported.id));
  const cause = exported.deletedAt ? null : openCause;
  if (cause === null) return null;
  const { id: runId, intervalStart, intervalEnd } = run;
  return raiseAlert(tx, exported, { kind: "recovered", cause, failure: null, runId, intervalStart, intervalEnd });
}
