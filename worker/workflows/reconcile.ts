import { patched } from "@temporalio/workflow";
import type { Duty, ReconcileInput } from "../../lib/temporal/contract";
import { auditDue, cleanRuns, deliver, healSchedules, lookAgain, pruneLogs, startDue, sweep } from "./activities";

const WORK: Record<Duty, () => Promise<number>> = {
  due: startDue,
  sweep,
  schedules: healSchedules,
  clean: cleanRuns,
  deliver,
  retention: pruneLogs,
  look: lookAgain,
  audit: auditDue,
};

/**
 * Keeps the ledger in line with actual runs, and Temporal's schedules with the exports; starts due windows that had no
 * firing; removes what committed windows no longer have; looks again at committed windows; delivers what is queued; removes expired data. Each has its
 * own schedule.
 */
export async function reconcile(input?: ReconcileInput): Promise<void> {
  if (input) await WORK[input.duty]();
  else await everything();
}

/** For earlier versions' single schedule. One begun under an even older version continues as it began. */
async function everything(): Promise<void> {
  if (patched("start-due-and-clean")) await Promise.all([startDue(), keepTrue(), cleanRuns(), deliver(), pruneLogs()]);
  else if (patched("deliver-and-prune")) await Promise.all([keepTrue(), deliver(), pruneLogs()]);
  else await keepTrue();
}

async function keepTrue(): Promise<void> {
  await sweep();
  await healSchedules();
}
