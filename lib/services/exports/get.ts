import type { Export } from "@/lib/schemas/export";
import type { Actor } from "@/lib/services/access";
import { describeExport } from "./describe";
import { loadExport } from "./load";

export async function getExport(actor: Actor, input: { id: string }): Promise<Export> {
  return describeExport(await loadExport(actor, input.id));
}
