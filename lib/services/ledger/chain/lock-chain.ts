import { eq, getTableColumns, isNull } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { nowMs } from "@/lib/db/now";
import type { ExportRow } from "@/lib/db/rows";
import { exports, signingKeys } from "@/lib/db/schema";
import type { SigningKey } from "@/lib/receipts/keys";
import { currentSigningKey, openKey } from "@/lib/services/signing";

/** An export's chain, locked until the transaction ends. */
export interface Chain {
  exported: ExportRow;
  /** The number and hash of its last link; 0 and null if it has none. */
  sequence: number;
  head: string | null;
  /** Opens the key that signs its next link. Throws an `ExportError` if that is impossible. */
  key(): Promise<SigningKey>;
  /** The database's time since the lock: later than that of every link before. */
  now: Date;
}

const { id, kid, x, secret } = signingKeys;

/** Locks an export and its chain, like `lockExport`. */
export async function lockChain(tx: Tx, exportId: string): Promise<Chain> {
  const [row] = await tx
    .select({ exported: getTableColumns(exports), key: { id, kid, x, secret }, now: nowMs })
    .from(exports)
    .leftJoin(signingKeys, isNull(signingKeys.notAfter))
    .where(eq(exports.id, exportId))
    .for("no key update", { of: exports });
  if (!row) throw new Error(`The export ${exportId} was deleted.`);
  const { exported, now } = row;
  const sealed = row.key;
  const key = async () => (sealed ? openKey(sealed) : currentSigningKey(tx));
  return { exported, sequence: exported.chainSequence, head: exported.chainHead, key, now };
}
