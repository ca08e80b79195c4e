import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { exports } from "@/lib/db/schema";
import { conflict } from "@/lib/errors";
import type { HistoricExport } from "@/lib/schemas/historic-export";
import { isActive } from "@/lib/schemas/run";
import { recordAudit } from "@/lib/services/audit/record";
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
  const found = await getDb().transaction(async (tx) => {
    const [exported] = await tx.select({ name: exports.name }).from(exports).where(eq(exports.id, row.exportId));
    const object = { id: row.id, name: exported?.name ?? "" };
    await recordAudit(tx, actor, { action: "historic-export.cancel", object, projectId: row.projectId });
    return withTemporal(() => cancelWorkflow(row.id));
  });
  if (!found) await endHistoric(row.id, "Cancelled");
  return getHistoricExport(actor, input);
}
