import { conflict } from "@/lib/errors";
import type { HistoricExport } from "@/lib/schemas/historic-export";
import { isActive } from "@/lib/schemas/run";
import type { Actor } from "@/lib/services/auth/actor";
import { endHistoric } from "@/lib/services/run-engine/historic";
import { withTemporal } from "@/lib/services/temporal";
import { cancelHistoricExport as cancelWorkflow } from "@/lib/temporal/start";
import { getHistoricExport } from "./get";
import { loadHistoricExport } from "./load";

/** Stops a historic export and its runs. Its workflow writes Cancelled itself; only where that is gone is it done here. */
export async function cancelHistoricExport(actor: Actor, input: { id: string }): Promise<HistoricExport> {
  const row = await loadHistoricExport(actor, input.id);
  if (!isActive(row.state))
    throw conflict(
      "historic_export_finished",
      `This historic export is ${row.state} already: there is nothing to cancel.`,
    );
  const found = await withTemporal(() => cancelWorkflow(row.id));
  if (!found) await endHistoric(row.id, "Cancelled");
  return getHistoricExport(actor, input);
}
