import type { Db } from "@/lib/db/client";
import type { OpenDestination } from "@/lib/destinations/types";
import { getLogger, loggable } from "@/lib/services/logger";
import { putAwayOf } from "../clean/put-away";
import { loadRun, withDestination } from "../load";

/** In ms: an unresponsive destination must not keep the run from ending. */
const PATIENCE = 20_000;

/**
 * Has a destination clean up after a failed or canceled run. Whatever fails to be removed now is left to the window's
 * next run, and to its own expiry.
 */
export async function abandonRun(db: Db, runId: string): Promise<void> {
  try {
    const loaded = await loadRun(db, runId);
    if (loaded.run.state === "Completed" || loaded.run.planVersion === 0) return;
    const abandon = async (destination: OpenDestination) => {
      await destination.abort();
      if (destination.objects) await putAwayOf(db, runId, destination.objects);
    };
    await Promise.race([withDestination(db, loaded, abandon), patience()]);
  } catch (error) {
    getLogger().warn({ runId, error: loggable(error) }, "Removing a run's leftovers from its destination failed.");
  }
}

const patience = () =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, PATIENCE).unref();
  });
