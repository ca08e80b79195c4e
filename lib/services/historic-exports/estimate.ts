import { dbNow } from "@/lib/db/now";
import { writingOf } from "@/lib/destinations/writing";
import type { CreateHistoricExport, HistoricEstimate } from "@/lib/schemas/historic-export";
import { loadProject } from "@/lib/services/auth/access";
import type { Actor } from "@/lib/services/auth/actor";
import { loadExport } from "@/lib/services/exports/load";
import { countRows } from "@/lib/source/estimate";
import { historicRange } from "./range";

/** What a historic export of that range would do, without doing it. */
export async function estimateHistoricExport(
  actor: Actor,
  input: CreateHistoricExport & { exportId: string },
): Promise<HistoricEstimate> {
  const exported = await loadExport(actor, input.exportId);
  const { sourceProjectId } = await loadProject(actor, exported.projectId);
  const { start, end, windows } = historicRange(exported, input, await dbNow());
  const { filters, model } = exported;
  const rows = await countRows({
    models: writingOf(exported.destination).tables(model),
    sourceProjectId,
    filters,
    window: { start, end },
  });
  return { start: start.toISOString(), end: end.toISOString(), windows, rows };
}
