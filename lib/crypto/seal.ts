import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { KeyRing } from "./key-ring";

const NONCE = 12;
const TAG = 16;

export interface Sealed {
  keyId: string;
  /** nonce (12 bytes), ciphertext, tag (16 bytes) */
  data: Buffer;
}

/** Encrypts with AES-256-GCM under the ring's current key, bound to `aad`. */
export function seal(ring: KeyRing, plain: Uint8Array, aad: string): Sealed {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", keyOf(ring, ring.currentId), nonce);
  cipher.setAAD(Buffer.from(aad));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return { keyId: ring.currentId, data: Buffer.concat([nonce, body, cipher.getAuthTag()]) };
}

/** Decrypts the output of `seal`. Throws if the key is unknown, or if data or `aad` don't match. */
export function open(ring: KeyRing, sealed: Sealed, aad: string): Buffer {
  const { data } = sealed;
  const decipher = createDecipheriv("aes-256-gcm", keyOf(ring, sealed.keyId), data.subarray(0, NONCE));
  decipher.setAAD(Buffer.from(aad));
  decipher.setAuthTag(data.subarray(data.length - TAG));
  return Buffer.concat([decipher.update(data.subarray(NONCE, data.length - TAG)), decipher.final()]);
}

function keyOf(ring: KeyRing, id: string): Buffer {
  const key = ring.keys.get(id);
  if (!key) throw new Error(`The encryption key "${id}" isn't in ENCRYPTION_KEYS. Add it after the current key.`);
  return key;
}
