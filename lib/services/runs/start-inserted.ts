import type { ExportRow } from "@/lib/db/rows";
import { endUnstarted, unstarted } from "@/lib/services/ledger";
import { withTemporal } from "@/lib/services/temporal";
import { startRunWorkflow } from "@/lib/temporal/start";
import type { ListedRun } from "./to-run";

/** Starts the workflow of a run that a person requested. If that fails, ends the run and rethrows. */
export async function startInserted(run: ListedRun, { destination }: ExportRow): Promise<void> {
  try {
    await withTemporal(() => startRunWorkflow({ run, destinationType: destination.type }));
  } catch (error) {
    await endUnstarted(run.id, unstarted(error));
    throw error;
  }
}
