import { getDb } from "@/lib/db/client";
import { dbNow } from "@/lib/db/now";
import { AppError } from "@/lib/errors";
import { signed } from "@/lib/receipts/keys";
import type { ChainHead } from "@/lib/schemas/receipt";
import type { Actor } from "@/lib/services/access";
import { loadExport } from "@/lib/services/exports";
import { currentSigningKey } from "@/lib/services/signing";

/** The last link of an export's chain, signed now: kept elsewhere, it shows if the chain's end is cut off. */
export async function getChainHead(actor: Actor, input: { exportId: string }): Promise<ChainHead> {
  const { id: exportId, chainSequence: sequence, chainHead: sha256 } = await loadExport(actor, input.exportId);
  if (sha256 === null) throw new AppError("no_chain", "This export has no signed receipt yet.", 404);
  const signedAt = (await dbNow(getDb())).toISOString();
  return signed({ exportId, sequence, sha256, signedAt }, await currentSigningKey(getDb()));
}
