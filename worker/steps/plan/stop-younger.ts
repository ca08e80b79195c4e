import type { Db } from "@/lib/db/client";
import type { RunRow } from "@/lib/db/rows";
import type { Failure } from "@/lib/errors";
import { raiseAlert } from "@/lib/services/alerts";
import { lockExport, pauseItself } from "@/lib/services/ledger";

/**
 * Pauses the younger of two exports whose keys collide and alerts its people. Returns the alert, unless it was already
 * paused.
 */
export async function stopYounger(db: Db, exportId: string, run: RunRow, failure: Failure): Promise<string | null> {
  return db.transaction(async (tx) => {
    const exported = await lockExport(tx, exportId);
    if (exported.paused || exported.deletedAt) return null;
    const isOwn = run.exportId === exportId;
    const why = isOwn ? failure : { ...failure, message: "An older export writes keys that this export's files use." };
    const paused = await pauseItself(tx, exported, exported.failuresInRow + 1, why);
    const { intervalStart, intervalEnd } = run;
    const about = { runId: isOwn ? run.id : null, intervalStart, intervalEnd };
    return raiseAlert(tx, paused, { kind: "paused", cause: why.code, failure: why, ...about });
  });
}
