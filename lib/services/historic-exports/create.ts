import { getDb } from "@/lib/db/client";
import { dbNow } from "@/lib/db/now";
import { historicExports } from "@/lib/db/schema";
import type { CreateHistoricExport, HistoricExport } from "@/lib/schemas/historic-export";
import { recordAudit } from "@/lib/services/audit/record";
import type { Actor } from "@/lib/services/auth/actor";
import { loadExport } from "@/lib/services/exports/load";
import { requireVerified } from "@/lib/services/exports/verified";
import { endHistoric } from "@/lib/services/run-engine/historic";
import { withTemporal } from "@/lib/services/temporal";
import { startHistoricExport } from "@/lib/temporal/start";
import { historicRange } from "./range";
import { toHistoricExport } from "./to-wire";

/** Starts the export of a past range, widened to whole windows and cut at the export's dates and the newest ended window. */
export async function createHistoricExport(
  actor: Actor,
  input: CreateHistoricExport & { exportId: string },
): Promise<HistoricExport> {
  const exported = await loadExport(actor, input.exportId);
  await requireVerified(exported);
  const { start, end, windows } = historicRange(exported, input, await dbNow());
  const { organizationId, projectId, id: exportId } = exported;
  const db = getDb();
  // Committed before the start, because the workflow looks for its row at once.
  const row = await db.transaction(async (tx) => {
    const asker = { createdBy: actor.userId, requestedBy: actor.name };
    const [inserted] = await tx
      .insert(historicExports)
      .values({ organizationId, projectId, exportId, rangeStart: start, rangeEnd: end, windows, ...asker })
      .returning();
    const object = { id: inserted!.id, name: exported.name };
    const after = { exportId, start, end, windows };
    await recordAudit(tx, actor, { action: "historic-export.create", object, projectId, after });
    return inserted!;
  });
  try {
    await withTemporal(() => startHistoricExport(row.id));
  } catch (error) {
    await endHistoric(row.id, "Cancelled");
    throw error;
  }
  return toHistoricExport(row);
}
