import { getDb } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { historicExports } from "@/lib/db/schema";
import type { CreateHistoricExport, HistoricExport } from "@/lib/schemas/historic-export";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { loadExport, requireVerified } from "@/lib/services/exports";
import { endHistoric } from "@/lib/services/ledger";
import { requireRoom } from "@/lib/services/quotas";
import { withTemporal } from "@/lib/services/temporal";
import { getTemporal } from "@/lib/temporal/client";
import { startHistoricExport } from "@/lib/temporal/start";
import { fromFirstRow } from "./from-first-row";
import type { HistoricRange } from "./range";
import { toHistoricExport } from "./to-historic-export";

/**
 * Starts the export of a past range, widened to whole windows and clipped to the source's first row, the export's
 * dates, and the newest ended window.
 */
export async function createHistoricExport(
  actor: Actor,
  input: CreateHistoricExport & { exportId: string },
  signal?: AbortSignal,
): Promise<HistoricExport> {
  const exported = await loadExport(actor, input.exportId);
  await requireVerified(exported);
  return startHistoric(actor, exported, await fromFirstRow(actor, exported, input, signal));
}

/** Starts the export of exactly these windows. */
export async function startHistoric(
  actor: Actor,
  exported: ExportRow,
  { start, end, windows }: HistoricRange,
): Promise<HistoricExport> {
  const { organizationId, projectId, id: exportId } = exported;
  const db = getDb();
  // Committed before the start: the workflow reads its row immediately.
  const row = await db.transaction(async (tx) => {
    await requireRoom(tx, "historic_exports", organizationId);
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
    await withTemporal(getTemporal(), (temporal) => startHistoricExport(temporal, row.id, organizationId));
  } catch (error) {
    await endHistoric(getDb(), row.id, "Cancelled");
    throw error;
  }
  return toHistoricExport(row);
}
