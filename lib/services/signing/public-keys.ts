import { asc } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { signingKeys } from "@/lib/db/schema";
import type { PublicKeys } from "@/lib/schemas/receipt";
import { ensureSigningKey } from "./current-key";

/** All keys that ever signed receipts, oldest first: public parts only. */
export async function publicKeys(db: Db): Promise<PublicKeys> {
  await ensureSigningKey(db);
  const { kid, x, notBefore, notAfter } = signingKeys;
  const rows = await db.select({ kid, x, notBefore, notAfter }).from(signingKeys).orderBy(asc(notBefore));
  const keys = rows.map((key) => ({
    kty: "OKP" as const,
    crv: "Ed25519" as const,
    x: key.x,
    kid: key.kid,
    notBefore: key.notBefore.toISOString(),
    notAfter: key.notAfter?.toISOString() ?? null,
  }));
  return { keys };
}
