import { getDb } from "@/lib/db/client";
import { conflict } from "@/lib/errors";
import { isActive } from "@/lib/fields/run-state";
import type { Run } from "@/lib/schemas/run";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { processDependencies } from "@/lib/services/dependencies";
import { endRun } from "@/lib/services/ledger";
import { withTemporal } from "@/lib/services/temporal";
import { getTemporal } from "@/lib/temporal/client";
import { cancelRun as cancelWorkflow } from "@/lib/temporal/start";
import { runObject } from "./audited";
import { getRun } from "./get";
import { loadRun } from "./load";

/**
 * Cancels a run. The workflow discards its uploads and writes `Cancelled` itself, so the returned run may still be
 * active; only if the workflow is gone does this close the row.
 */
export async function cancelRun(actor: Actor, input: { id: string }): Promise<Run> {
  const run = await loadRun(actor, input.id);
  if (!isActive(run.state)) throw conflict("run_finished", `This run has already ended with the state ${run.state}.`);
  // Committed first, to hold no locks while calling Temporal: the entry logs the request, not its outcome.
  await recordAudit(getDb(), actor, { action: "run.cancel", ...runObject(run) });
  const found = await withTemporal(getTemporal(), (temporal) => cancelWorkflow(temporal, run.workflowId));
  if (!found) await endRun(processDependencies(), run.id, "Cancelled", null);
  return getRun(actor, input);
}
