import { dbNow } from "@/lib/db/now";
import type { CatchUp } from "@/lib/schemas/export";
import type { Actor } from "@/lib/services/auth/actor";
import { catchUpRange } from "./catch-up-range";
import { loadExport } from "./load";

/** Which windows catching up would export; null when none was missed. */
export async function getCatchUp(actor: Actor, input: { id: string }): Promise<CatchUp | null> {
  return catchUpRange(await loadExport(actor, input.id), await dbNow());
}
