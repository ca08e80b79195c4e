import { createPublicKey, verify } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { expect } from "vitest";
import { getDb } from "@/lib/db/client";
import { receiptLinks } from "@/lib/db/schema";
import type { ChainLink, Signature } from "@/lib/fields/receipt";
import { signedText } from "@/lib/receipts/canonical";
import { linkHash } from "@/lib/receipts/hash";
import { publicKeys } from "@/lib/services/signing";
import type { TestBucket } from "./bucket";

export const textAt = async (bucket: TestBucket, key: string) => (await bucket.bytes(key)).toString();

/** The links of an export's chain in the ledger, in order. */
export const linksOf = (exportId: string) =>
  getDb().select().from(receiptLinks).where(eq(receiptLinks.exportId, exportId)).orderBy(asc(receiptLinks.sequence));

/** Checks a statement's signature with the published keys. */
export async function expectSigned(statement: { signature: Signature }): Promise<void> {
  const { keys } = await publicKeys(getDb());
  const key = keys.find(({ kid }) => kid === statement.signature.kid);
  expect(key, "the key is published").toBeDefined();
  const { kty, crv, x } = key!;
  const publicKey = createPublicKey({ key: { kty, crv, x }, format: "jwk" });
  const signature = Buffer.from(statement.signature.value, "base64url");
  expect(verify(null, Buffer.from(signedText(statement)), publicKey, signature)).toBe(true);
}

/** Reads chains from a bucket. */
export const chainOf = (bucket: () => TestBucket) => {
  const chainKeys = (exportId: string) => bucket().keys(`_penstock/${exportId}/chain/`);
  return {
    chainKeys,
    /** The chain that the ledger has, as the bucket holds it: signed, and each link names the one before it. */
    chainInBucket: async (exportId: string): Promise<ChainLink[]> => {
      const links: ChainLink[] = [];
      for (const { sequence } of await linksOf(exportId))
        links.push(JSON.parse(await textAt(bucket(), `_penstock/${exportId}/chain/${sequence}.json`)));
      for (const [index, link] of links.entries()) {
        expect(link.sequence).toBe(index + 1);
        expect(link.previous).toBe(index === 0 ? null : linkHash(links[index - 1]!));
        await expectSigned(link);
      }
      expect(await chainKeys(exportId)).toHaveLength(links.length);
      return links;
    },
  };
};
