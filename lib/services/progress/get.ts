import type { Progress } from "@/lib/schemas/progress";
import type { Actor } from "@/lib/services/access";
import { loadExport } from "@/lib/services/exports";
import { watchOf } from "./watches";

/** How far an export's active runs and historic exports are. */
export async function getProgress(actor: Actor, input: { id: string }): Promise<Progress> {
  const { id } = await loadExport(actor, input.id);
  return watchOf(id).current();
}
