import { and, inArray, lt } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { historicExports, runs } from "@/lib/db/schema";
import type { Failure } from "@/lib/errors";
import { activeStates } from "@/lib/schemas/run";
import { historicWorkflowId } from "@/lib/temporal/contract";
import { isOpen } from "@/lib/temporal/start";
import { endHistoric } from "./historic";
import { settleRun } from "./settle-run";

/** A row younger than this, in ms, may still be waiting for its workflow to be started. */
const GRACE = 60_000;

const lost: Failure = {
  code: "workflow_lost",
  message: "The run's workflow ended without a word: it was terminated, or Temporal lost it.",
  fix: "Retry the run.",
  retryable: false,
};

/**
 * Ends the runs and historic exports that nothing works on any more: no crash and no outside hand may leave one Running for
 * ever. Answers with how many it ended.
 */
export async function sweepLost(): Promise<number> {
  const before = new Date(Date.now() - GRACE);
  const openRuns = await getDb()
    .select({ id: runs.id, workflowId: runs.workflowId })
    .from(runs)
    .where(and(inArray(runs.state, activeStates), lt(runs.createdAt, before)));
  let ended = 0;
  for (const { id, workflowId } of openRuns) {
    if (await isOpen(workflowId)) continue;
    await settleRun(id, "Failed", lost);
    ended += 1;
  }
  const openHistoric = await getDb()
    .select({ id: historicExports.id })
    .from(historicExports)
    .where(and(inArray(historicExports.state, activeStates), lt(historicExports.createdAt, before)));
  for (const { id } of openHistoric) {
    if (await isOpen(historicWorkflowId(id))) continue;
    await endHistoric(id, "Failed");
    ended += 1;
  }
  return ended;
}
