import { and, eq } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { dbNow } from "@/lib/db/now";
import { exports } from "@/lib/db/schema";
import type { StoredPause } from "@/lib/schemas/export";
import { recordAudit, system } from "@/lib/services/audit";
import { nextVersion, noteRests } from "@/lib/services/schedules";

/** Pauses an export that should not run before somebody has looked, and audits it. False if it was paused already. */
export async function pauseDoubted(db: Db, exportId: string, why: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const at = await dbNow(tx);
    const error = { code: "recovery", message: why, fix: "Check the export, then resume it.", retryable: false };
    const pause: StoredPause = { by: "recovery", at: at.toISOString(), since: null, failures: 0, error };
    const [paused] = await tx
      .update(exports)
      .set({ paused: true, pause, scheduleVersion: nextVersion, updatedAt: at })
      .where(and(eq(exports.id, exportId), eq(exports.paused, false)))
      .returning();
    if (!paused) return false;
    await noteRests(tx, [exportId]);
    await recordAudit(tx, system(paused.organizationId), {
      action: "export.pause",
      object: { id: exportId, name: paused.name },
      projectId: paused.projectId,
      before: { paused: false },
      after: { paused: true, error: why },
    });
    return true;
  });
}
