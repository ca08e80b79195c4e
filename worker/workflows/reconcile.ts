import { patched } from "@temporalio/workflow";
import { cleanRuns, deliver, healSchedules, pruneLogs, startDue, sweep } from "./activities";

/**
 * Keeps the ledger true to what really runs and Temporal's schedules true to the exports; starts what is due though nothing
 * fired for it; removes what committed windows no longer have; delivers what is queued; lets old logs go. What one of these
 * waits for holds none of the others up.
 */
export async function reconcile(): Promise<void> {
  // One that began under an older version goes on as it began.
  if (patched("start-due-and-clean")) await Promise.all([startDue(), keepTrue(), cleanRuns(), deliver(), pruneLogs()]);
  else if (patched("deliver-and-prune")) await Promise.all([keepTrue(), deliver(), pruneLogs()]);
  else await keepTrue();
}

async function keepTrue(): Promise<void> {
  await sweep();
  await healSchedules();
}
