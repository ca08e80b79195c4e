import { getLogger, loggable } from "@/lib/services/logger";
import { loadRun, withDestination } from "../load";

/** In ms: a destination that does not answer must not keep the run from ending. */
const PATIENCE = 20_000;

/**
 * Has a destination put away what a run that failed or was cancelled has left there. What can't be put away now is left to
 * the next run of the window, and to its own expiry.
 */
export async function abandonRun(runId: string): Promise<void> {
  try {
    const loaded = await loadRun(runId);
    if (loaded.run.state === "Completed" || loaded.run.planVersion === 0) return;
    await Promise.race([withDestination(loaded, (destination) => destination.abort()), patience()]);
  } catch (error) {
    getLogger().warn({ runId, error: loggable(error) }, "What a run left at its destination was not put away.");
  }
}

const patience = () =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, PATIENCE).unref();
  });
