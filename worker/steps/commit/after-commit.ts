import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { ExportRow, RunRow } from "@/lib/db/rows";
import { exports } from "@/lib/db/schema";
import { raiseAlert } from "@/lib/services/alerts";
import { completeHistoric } from "@/lib/services/ledger";

/**
 * Applies a commit's consequences in its transaction, which holds the export: resets the export's consecutive failures,
 * alerts its people of the recovery if they were alerted to `openCause`, and completes a historic export if this was
 * its last missing window. Returns the alert.
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
