import { patched } from "@temporalio/workflow";
import type { Duty, ReconcileInput } from "../../lib/temporal/contract";
import { cleanRuns, deliver, healSchedules, pruneLogs, startDue, sweep } from "./activities";

const WORK: Record<Duty, () => Promise<number>> = {
  due: startDue,
  sweep,
  schedules: healSchedules,
  clean: cleanRuns,
  deliver,
  retention: pruneLogs,
};

/**
 * Keeps the ledger true to what really runs and Temporal's schedules true to the exports; starts what is due though nothing
 * fired for it; removes what committed windows no longer have; delivers what is queued; removes what is no longer kept. Each of
 * these has a schedule of its own.
 */
export async function reconcile(input?: ReconcileInput): Promise<void> {
  if (input) await WORK[input.duty]();
  else await everything();
}

/** As earlier versions' one schedule asks for it. One that began under an even older version goes on as it began. */
async function everything(): Promise<void> {
  if (patched("start-due-and-clean")) await Promise.all([startDue(), keepTrue(), cleanRuns(), deliver(), pruneLogs()]);
  else if (patched("deliver-and-prune")) await Promise.all([keepTrue(), deliver(), pruneLogs()]);
  else await keepTrue();
}

async function keepTrue(): Promise<void> {
  await sweep();
  await healSchedules();
}
