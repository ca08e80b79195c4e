import { randomUUID } from "node:crypto";
import { isNull } from "drizzle-orm";
import { openSecret, sealSecret } from "@/lib/crypto/secrets";
import type { Tx } from "@/lib/db/client";
import type { SigningKeyRow } from "@/lib/db/rows";
import { signingKeys } from "@/lib/db/schema";
import { ExportError } from "@/lib/errors";
import { newSigningKey, type SigningKey } from "@/lib/receipts/keys";
import { MINUTE } from "@/lib/units";

/** Binds a signing key's private part to its row. */
export const signingKeyAad = (id: string) => `signing_keys:${id}`;

/** Opened keys by ID: opening one costs more than signing with it, and a key never changes. */
const opened = new Map<string, SigningKey>();

/** Columns of a key that `openKey` needs. */
export type SealedKey = Pick<SigningKeyRow, "id" | "kid" | "x" | "secret">;

/** Opens a stored signing key. Throws an `ExportError` if the encryption key that sealed it is gone. */
export function openKey({ id, kid, x, secret }: SealedKey): SigningKey {
  const known = opened.get(kid);
  if (known) return known;
  try {
    const key = { kid, x, d: openSecret<{ d: string }>(secret, signingKeyAad(id)).d };
    opened.set(kid, key);
    return key;
  } catch (cause) {
    const message = "The key that signs receipts can't be decrypted with this server's ENCRYPTION_KEYS.";
    const fix =
      "Add the old key to ENCRYPTION_KEYS and run npm run rotate-keys. If it is lost, run npm run rotate-keys -- --new-signing-key.";
    throw new ExportError({ code: "signing_key_unreadable", message, fix, retryable: false }, { cause });
  }
}

const current = (tx: Tx) => tx.select().from(signingKeys).where(isNull(signingKeys.notAfter));

/** Creates the signing key of a new installation. Of concurrent calls, one succeeds and all use its key. */
export async function ensureSigningKey(tx: Tx): Promise<void> {
  const [found] = await current(tx);
  if (!found) await insertKey(tx);
}

export async function insertKey(tx: Tx): Promise<void> {
  const { kid, x, d } = newSigningKey();
  const id = randomUUID();
  await tx
    .insert(signingKeys)
    .values({ id, kid, x, secret: sealSecret({ d }, signingKeyAad(id)) })
    .onConflictDoNothing();
}

/** The key that signs now. Creates an installation's first. Throws an `ExportError` if it can't be opened. */
export async function currentSigningKey(tx: Tx): Promise<SigningKey> {
  const [found] = await current(tx);
  if (found) return openKey(found);
  await insertKey(tx);
  return currentSigningKey(tx);
}

/** How long a process may sign with a key that has been replaced, in ms: less than `GRACE_MINUTES`. */
const RECENT = MINUTE;
let recent: { key: SigningKey; until: number } | undefined;

/** The same without a query if this process asked within the last minute. */
export async function recentSigningKey(tx: Tx): Promise<SigningKey> {
  if (recent && performance.now() < recent.until) return recent.key;
  const key = await currentSigningKey(tx);
  recent = { key, until: performance.now() + RECENT };
  return key;
}
