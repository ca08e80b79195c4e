import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { historicExports } from "@/lib/db/schema";
import type { CreateHistoricExport, HistoricExport } from "@/lib/schemas/historic-export";
import type { Actor } from "@/lib/services/auth/actor";
import { loadExport } from "@/lib/services/exports/load";
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
  const { start, end, windows } = historicRange(exported, input, new Date());
  const { organizationId, projectId, id: exportId } = exported;
  const db = getDb();
  // Committed before the start, because the workflow looks for its row at once.
  const [row] = await db
    .insert(historicExports)
    .values({ organizationId, projectId, exportId, rangeStart: start, rangeEnd: end, windows, createdBy: actor.userId })
    .returning();
  try {
    await withTemporal(() => startHistoricExport(row!.id));
  } catch (error) {
    await db.delete(historicExports).where(eq(historicExports.id, row!.id));
    throw error;
  }
  return toHistoricExport(row!);
}
