import { getDb } from "@/lib/db/client";
import { conflict } from "@/lib/errors";
import { isActive } from "@/lib/fields/run-state";
import type { Run } from "@/lib/schemas/run";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { endRun } from "@/lib/services/ledger";
import { withTemporal } from "@/lib/services/temporal";
import { cancelRun as cancelWorkflow } from "@/lib/temporal/start";
import { runObject } from "./audited";
import { getRun } from "./get";
import { loadRun } from "./load";

/**
 * Stops a run. Its workflow puts the uploads away and writes Cancelled itself, so the run is answered as it is by now;
 * only where the workflow is gone is the row closed here.
 */
export async function cancelRun(actor: Actor, input: { id: string }): Promise<Run> {
  const run = await loadRun(actor, input.id);
  if (!isActive(run.state))
    throw conflict("run_finished", `This run is ${run.state} already: there is nothing to cancel.`);
  // Committed first, so that nothing is held while Temporal is asked: what is logged is that it was asked for.
  await recordAudit(getDb(), actor, { action: "run.cancel", ...runObject(run) });
  const found = await withTemporal(() => cancelWorkflow(run.workflowId));
  if (!found) await endRun(run.id, "Cancelled", null);
  return getRun(actor, input);
}
