import { and, eq, inArray } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { historicExports } from "@/lib/db/schema";
import { conflict } from "@/lib/errors";
import type { HistoricExport } from "@/lib/schemas/historic-export";
import type { Actor } from "@/lib/services/auth/actor";
import { ACTIVE_STATES, isActive } from "@/lib/services/runs/states";
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
  if (!found) await close(row.id);
  return getHistoricExport(actor, input);
}

async function close(id: string): Promise<void> {
  await getDb()
    .update(historicExports)
    .set({ state: "Cancelled", finishedAt: new Date() })
    .where(and(eq(historicExports.id, id), inArray(historicExports.state, ACTIVE_STATES)));
}
