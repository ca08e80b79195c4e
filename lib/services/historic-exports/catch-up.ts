import { getDb } from "@/lib/db/client";
import { dbNow } from "@/lib/db/now";
import type { CaughtUp } from "@/lib/schemas/export";
import type { Actor } from "@/lib/services/access";
import { getExport, loadExport, patchExport, requireVerified } from "@/lib/services/exports";
import { catchUpRange } from "./catch-up-range";
import { startHistoric } from "./create";
import { historicRange } from "./range";

/**
 * Resumes an export and exports its missed windows as one historic export. Throws a 409 if the connection is not
 * verified.
 */
export async function catchUp(actor: Actor, input: { id: string }): Promise<CaughtUp> {
  const exported = await loadExport(actor, input.id);
  await requireVerified(exported);
  // Resumed first, so that a window ending in between is either fired by the schedule or has ended by `now`.
  if (exported.paused) await patchExport(actor, { id: exported.id, paused: false });
  const now = await dbNow(getDb());
  const range = await catchUpRange(exported, now);
  // Windows before the source's first row count as missed too: each gets a receipt.
  const historicExport = range && (await startHistoric(actor, exported, historicRange(exported, range, now)));
  return { export: await getExport(actor, input), historicExport };
}
