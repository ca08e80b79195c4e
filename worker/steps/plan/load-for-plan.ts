import { type LoadedRun, loadRun } from "../load";
import { countSent } from "../pinned";

/**
 * Loads a run for planning. If it has written nothing, it takes its export's current connection; otherwise it keeps the
 * connection it wrote through.
 */
export async function loadForPlan(runId: string): Promise<LoadedRun> {
  const loaded = await loadRun(runId);
  if (loaded.run.address === null || (await countSent(runId)) > 0) return loaded;
  const fresh = await loadRun(runId, { connection: "exports" });
  return { ...fresh, run: { ...fresh.run, address: null, pinned: null } };
}
