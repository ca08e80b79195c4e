import type { Tx } from "@/lib/db/client";
import type { RunRow } from "@/lib/db/rows";
import { askerOf, recordAudit } from "@/lib/services/audit";

/** Records that a run has replaced its window by fewer rows, as done by the one who allowed it. */
export async function auditShrink(tx: Tx, run: RunRow, rows: { before: number; after: number }): Promise<void> {
  const { id, requestId, organizationId, projectId } = run;
  const who = await askerOf(tx, { organizationId, action: "run.retry", objectId: id });
  await recordAudit(tx, who, {
    action: "window.shrink",
    object: { id, name: requestId },
    projectId,
    before: { rows: rows.before },
    after: { rows: rows.after },
  });
}
