import { tablesOfSpec } from "@/lib/destinations/tables";
import type { CreateHistoricExport, HistoricEstimate } from "@/lib/schemas/historic-export";
import { type Actor, loadProject } from "@/lib/services/access";
import { loadExport } from "@/lib/services/exports";
import { loadSource } from "@/lib/services/source";
import { getSource } from "@/lib/source/client";
import { countRows } from "@/lib/source/estimate";
import { fromFirstRow } from "./from-first-row";

/** Estimates a historic export of a range. Aborting `signal` cancels its query. */
export async function estimateHistoricExport(
  actor: Actor,
  input: CreateHistoricExport & { exportId: string },
  signal: AbortSignal,
): Promise<HistoricEstimate> {
  const exported = await loadExport(actor, input.exportId);
  const { sourceProjectId } = await loadProject(actor, exported.projectId);
  const { start, end, windows } = await fromFirstRow(actor, exported, input, signal);
  const { filters } = exported;
  const models = tablesOfSpec({ ...exported, oneRowPerId: (await loadSource()).oneRowPerId });
  const rows = await countRows(getSource(), { models, sourceProjectId, filters, window: { start, end } }, signal);
  return { start: start.toISOString(), end: end.toISOString(), windows, rows };
}
