import { type LoadedRun, loadRun } from "../load";
import { countSent } from "../pinned";

/**
 * A run as it is to be planned. One that has written nothing takes its export's connection as it is by now; one that has
 * stays with the connection that it has written through.
 */
export async function loadForPlan(runId: string): Promise<LoadedRun> {
  const loaded = await loadRun(runId);
  if (loaded.run.address === null || (await countSent(runId)) > 0) return loaded;
  const fresh = await loadRun(runId, { connection: "exports" });
  return { ...fresh, run: { ...fresh.run, address: null, pinned: null } };
}
