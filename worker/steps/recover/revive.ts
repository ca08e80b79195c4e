import { WorkflowExecutionAlreadyStartedError } from "@temporalio/client";
import { eq, inArray } from "drizzle-orm";
import { exports, historicExports, runs } from "@/lib/db/schema";
import { activeStates } from "@/lib/fields/run-state";
import type { Dependencies } from "@/lib/services/dependencies";
import { getLogger } from "@/lib/services/logger";
import { historicWorkflowId } from "@/lib/temporal/contract";
import { startHistoricExport, startRunWorkflow } from "@/lib/temporal/start";
import { healSchedules } from "../upkeep/heal-schedules";

/**
 * Gives a Temporal that has lost everything the workflows of active runs and historic exports, and the exports'
 * schedules. What is still there stays as it is.
 */
export async function reviveLost(deps: Dependencies): Promise<void> {
  const { db, temporal } = deps;
  const active = await db
    .select({ run: runs, destination: exports.destination })
    .from(runs)
    .innerJoin(exports, eq(exports.id, runs.exportId))
    .where(inArray(runs.state, activeStates));
  // A historic export starts its own windows again, and passes over those that are done.
  const own = active.filter(({ run }) => !isOfHistoric(run));
  for (const { run, destination } of own) await startRunWorkflow(temporal, { run, destinationType: destination.type });
  const historic = await db.select().from(historicExports).where(inArray(historicExports.state, activeStates));
  for (const { id, organizationId } of historic) await startAgain(deps, id, organizationId);
  const schedules = await healSchedules(deps);
  getLogger().warn(
    { runs: own.length, historicExports: historic.length, schedules },
    "Temporal had no record of this installation. Runs and schedules were created again from the database.",
  );
}

/** Whether a historic export's workflow starts a run: a retry of one of its windows has a workflow of its own. */
const isOfHistoric = ({ historicExportId, workflowId }: typeof runs.$inferSelect): boolean =>
  historicExportId !== null && workflowId.startsWith(`${historicWorkflowId(historicExportId)}-`);

async function startAgain({ temporal }: Dependencies, id: string, organizationId: string): Promise<void> {
  try {
    await startHistoricExport(temporal, id, organizationId);
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
