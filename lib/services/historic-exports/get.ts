import type { HistoricExport } from "@/lib/schemas/historic-export";
import type { Actor } from "@/lib/services/access";
import { loadHistoricExport } from "./load";
import { historicProgress } from "./progress";
import { toHistoricExport } from "./to-historic-export";

/** One historic export with its progress. */
export async function getHistoricExport(actor: Actor, input: { id: string }): Promise<HistoricExport> {
  const row = await loadHistoricExport(actor, input.id);
  const progress = await historicProgress([row.id]);
  return toHistoricExport(row, progress.get(row.id));
}
