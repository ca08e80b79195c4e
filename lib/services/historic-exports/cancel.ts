import { and, eq, inArray } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { historicExports } from "@/lib/db/schema";
import { conflict } from "@/lib/errors";
import type { HistoricExport } from "@/lib/schemas/historic-export";
import type { Actor } from "@/lib/services/auth/actor";
import { ACTIVE_STATES, isActive } from "@/lib/services/runs/states";
import { withTemporal } from "@/lib/services/temporal";
import { isMissingWorkflow } from "@/lib/services/temporal-errors";
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
  await withTemporal(async () => {
    try {
      await cancelWorkflow(row.id);
    } catch (error) {
      if (!isMissingWorkflow(error)) throw error;
      await getDb()
        .update(historicExports)
        .set({ state: "Cancelled", finishedAt: new Date() })
        .where(and(eq(historicExports.id, row.id), inArray(historicExports.state, ACTIVE_STATES)));
    }
  });
  return getHistoricExport(actor, input);
}
