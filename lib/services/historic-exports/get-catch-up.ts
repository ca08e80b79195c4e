import { getDb } from "@/lib/db/client";
import { dbNow } from "@/lib/db/now";
import type { CatchUp } from "@/lib/schemas/export";
import type { Actor } from "@/lib/services/access";
import { loadExport } from "@/lib/services/exports";
import { catchUpRange } from "./catch-up-range";

/** Windows that catching up would export; null if none. */
export async function getCatchUp(actor: Actor, input: { id: string }): Promise<CatchUp | null> {
  return catchUpRange(await loadExport(actor, input.id), await dbNow(getDb()));
}
