import { getDb } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { endUnstarted, unstarted } from "@/lib/services/ledger";
import { withTemporal } from "@/lib/services/temporal";
import { getTemporal } from "@/lib/temporal/client";
import { startRunWorkflow } from "@/lib/temporal/start";
import type { ListedRun } from "./to-run";

/** Starts the workflow of a run that a person requested. If that fails, ends the run and rethrows. */
export async function startInserted(run: ListedRun, { destination }: ExportRow): Promise<void> {
  try {
    await withTemporal(getTemporal(), (temporal) =>
      startRunWorkflow(temporal, { run, destinationType: destination.type }),
    );
  } catch (error) {
    await endUnstarted(getDb(), run.id, unstarted(error));
    throw error;
  }
}
