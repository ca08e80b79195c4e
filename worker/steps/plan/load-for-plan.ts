import type { Db } from "@/lib/db/client";
import { type LoadedRun, loadRun } from "../load";
import { countSent } from "../pinned";

/**
 * Loads a run for planning. If it has written nothing, it takes its export's current connection; otherwise it keeps the
 * connection it wrote through.
 */
export async function loadForPlan(db: Db, runId: string): Promise<LoadedRun> {
  const loaded = await loadRun(db, runId);
  if (loaded.run.address === null || (await countSent(db, runId)) > 0) return loaded;
  const fresh = await loadRun(db, runId, { connection: "exports" });
  return { ...fresh, run: { ...fresh.run, address: null, pinned: null } };
}
