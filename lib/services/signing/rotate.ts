import { isNull, sql } from "drizzle-orm";
import { currentKeyId } from "@/lib/crypto/secrets";
import type { Db } from "@/lib/db/client";
import { signingKeys } from "@/lib/db/schema";
import { insertKey } from "./current-key";

/** Commits under way may still sign with the key that they started with. */
const GRACE_MINUTES = 5;

/**
 * Replaces the key that signs receipts if it is sealed under an older encryption key, or if asked to. A second call
 * after a rotation changes nothing. The old key's public part stays, with the time of its end. Returns whether there
 * is a new key.
 */
export async function rotateSigningKey(db: Db, { always }: { always: boolean }): Promise<boolean> {
  return db.transaction(async (tx) => {
    const current = isNull(signingKeys.notAfter);
    const [key] = await tx.select().from(signingKeys).where(current).for("update");
    if (!key) return false;
    if (!always && key.secret.split(".")[1] === currentKeyId()) return false;
    const notAfter = sql`now() + make_interval(mins => ${GRACE_MINUTES})`;
    await tx.update(signingKeys).set({ notAfter }).where(current);
    await insertKey(tx);
    return true;
  });
}
