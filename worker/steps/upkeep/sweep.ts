import { and, eq, inArray, sql } from "drizzle-orm";
import pMap from "p-map";
import { exports, historicExports, runs } from "@/lib/db/schema";
import type { Failure } from "@/lib/errors";
import { activeStates } from "@/lib/fields/run-state";
import type { Dependencies } from "@/lib/services/dependencies";
import { endHistoric } from "@/lib/services/ledger";
import { historicWorkflowId, runWorkflowId } from "@/lib/temporal/contract";
import { openWorkflows, startRunWorkflow, stateOf } from "@/lib/temporal/start";
import { settleRun } from "./settle-run";
import { sweepRequests } from "./sweep-requests";

/** A younger row's workflow may still be about to start. */
const GRACE = sql`interval '1 minute'`;
/** An older row is not started anymore: Temporal may have forgotten that its workflow ended. */
const FORGETS = sql`interval '1 day'`;

/** Concurrent lookups, and the number of runs above which open workflows are listed first. */
const [LANES, FEW] = [10, 20];

const lost: Failure = {
  code: "workflow_lost",
  message: "The run's workflow ended without a result. It was terminated, or Temporal lost it.",
  fix: "Retry the run.",
  retryable: false,
};

/**
 * Ends runs, historic exports, and requests for checks that no workflow works on, so that no crash or outside change
 * leaves one Running forever. Starts a run, or a request, whose process ended before starting its workflow. Returns how
 * many it ended.
 */
export async function sweepLost(deps: Dependencies): Promise<number> {
  return (await sweepRuns(deps)) + (await sweepHistoric(deps)) + (await sweepRequests(deps));
}

async function sweepRuns(deps: Dependencies): Promise<number> {
  const found = await deps.db
    .select({ run: runs, spec: exports, isYoung: sql<boolean>`${runs.createdAt} > now() - ${FORGETS}` })
    .from(runs)
    .innerJoin(exports, eq(exports.id, runs.exportId))
    .where(and(inArray(runs.state, activeStates), sql`${runs.createdAt} < now() - ${GRACE}`));
  // One listing finds thousands of open runs; only the rest are looked up.
  const open = found.length > FEW ? await openWorkflows(deps.temporal) : new Set<string>();
  let ended = 0;
  await pMap(
    found,
    async ({ run, spec, isYoung }) => {
      const { id, workflowId } = run;
      if (open.has(workflowId)) return;
      const state = await stateOf(deps.temporal, workflowId);
      if (state === "open") return;
      const neverBegan = run.state === "Starting" && workflowId === runWorkflowId(id) && state === "unknown";
      if (neverBegan && isYoung && !spec.deletedAt) {
        await startRunWorkflow(deps.temporal, { run, destinationType: spec.destination.type });
        return;
      }
      await settleRun(deps, id, "Failed", lost);
      ended += 1;
    },
    { concurrency: LANES },
  );
  return ended;
}

async function sweepHistoric(deps: Dependencies): Promise<number> {
  const found = await deps.db
    .select({ id: historicExports.id })
    .from(historicExports)
    .where(and(inArray(historicExports.state, activeStates), sql`${historicExports.createdAt} < now() - ${GRACE}`));
  let ended = 0;
  for (const { id } of found) {
    if ((await stateOf(deps.temporal, historicWorkflowId(id))) === "open") continue;
    await endHistoric(deps.db, id, "Failed");
    ended += 1;
  }
  return ended;
}
