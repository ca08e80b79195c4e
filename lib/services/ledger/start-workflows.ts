import pLimit from "p-limit";
import type { RunRow } from "@/lib/db/rows";
import type { DestinationType } from "@/lib/destinations/catalog";
import { getLogger, loggable } from "@/lib/services/logger";
import { withTemporal } from "@/lib/services/temporal";
import { turnOf } from "@/lib/temporal/contract";
import { startRun } from "@/lib/temporal/start";

const LANES = 5;

export interface Startable {
  run: Pick<RunRow, "id" | "exportId" | "workflowId" | "organizationId" | "historicExportId">;
  destinationType: DestinationType;
}

/** Starts the workflows of runs that are in the ledger. One that can't be started now is started by the sweep, a minute later. */
export async function startWorkflows(runs: readonly Startable[]): Promise<void> {
  await pLimit(LANES).map(runs, async ({ run, destinationType }) => {
    const { id, exportId, workflowId } = run;
    try {
      await withTemporal(() => startRun({ id, exportId, workflowId, destinationType, turn: turnOf(run) }));
    } catch (error) {
      getLogger().warn({ runId: id, error: loggable(error) }, "A run's workflow is started later.");
    }
  });
}
