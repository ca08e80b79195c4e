import type { ExportRow } from "@/lib/db/rows";
import { endUnstarted, unstarted } from "@/lib/services/ledger";
import { withTemporal } from "@/lib/services/temporal";
import { turnOf } from "@/lib/temporal/contract";
import { startRun } from "@/lib/temporal/start";
import type { ListedRun } from "./to-wire";

/** Starts the workflow of a run that a person asked for; one that can't be started ends, and whoever asked is told. */
export async function startInserted(run: ListedRun, { destination }: ExportRow): Promise<void> {
  const { id, workflowId, exportId } = run;
  const turn = turnOf(run);
  try {
    await withTemporal(() => startRun({ id, workflowId, exportId, destinationType: destination.type, turn }));
  } catch (error) {
    await endUnstarted(id, unstarted(error));
    throw error;
  }
}
