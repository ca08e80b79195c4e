import { and, eq, inArray } from "drizzle-orm";
import pMap from "p-map";
import { getDb } from "@/lib/db/client";
import { exports, runs } from "@/lib/db/schema";
import { conflict } from "@/lib/errors";
import { activeStates, isActive } from "@/lib/fields/run-state";
import type { HistoricExport } from "@/lib/schemas/historic-export";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { endHistoric } from "@/lib/services/ledger";
import { withTemporal } from "@/lib/services/temporal";
import { getTemporal } from "@/lib/temporal/client";
import { cancelRun, cancelHistoricExport as cancelWorkflow } from "@/lib/temporal/start";
import { getHistoricExport } from "./get";
import { loadHistoricExport } from "./load";

/**
 * Cancels a historic export and its runs. The workflow writes `Cancelled` itself; this does so only if the workflow is
 * gone.
 */
export async function cancelHistoricExport(actor: Actor, input: { id: string }): Promise<HistoricExport> {
  const row = await loadHistoricExport(actor, input.id);
  if (!isActive(row.state))
    throw conflict("historic_export_finished", `This historic export has already ended with the state ${row.state}.`);
  const [exported] = await getDb().select({ name: exports.name }).from(exports).where(eq(exports.id, row.exportId));
  const object = { id: row.id, name: exported?.name ?? "" };
  // Committed first, to hold no locks while calling Temporal: the entry logs the request, not its outcome.
  await recordAudit(getDb(), actor, { action: "historic-export.cancel", object, projectId: row.projectId });
  const found = await withTemporal(getTemporal(), (temporal) => cancelWorkflow(temporal, row.id));
  if (found) await cancelRuns(row.id);
  else await endHistoric(getDb(), row.id, "Cancelled");
  return getHistoricExport(actor, input);
}

/**
 * Cancels each active run by its own id. Temporal sends a parent's cancellation only to a child's first execution, and
 * a run with many files continues as new (temporalio/features#503).
 */
async function cancelRuns(historicExportId: string): Promise<void> {
  const active = await getDb()
    .select({ workflowId: runs.workflowId })
    .from(runs)
    .where(and(eq(runs.historicExportId, historicExportId), inArray(runs.state, activeStates)));
  await pMap(
    active,
    async ({ workflowId }) => {
      await withTemporal(getTemporal(), (temporal) => cancelRun(temporal, workflowId));
    },
    { concurrency: AT_ONCE },
  );
}

const AT_ONCE = 10;
