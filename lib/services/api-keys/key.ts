import { createHash, randomInt } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** A new API key: `pk_` and 40 random base62 characters (238 bits). */
export function newKey(): string {
  return `pk_${Array.from({ length: 40 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("")}`;
}

/** What of a key may be shown, to tell keys apart. */
export const keyPrefix = (key: string) => key.slice(0, 8);

/** What of a key is stored. A plain hash is enough: a key has too many bits to be guessed. */
export const keyHash = (key: string) => createHash("sha256").update(key).digest("hex");
