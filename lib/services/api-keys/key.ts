import { createHash, randomInt } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** A new API key: `pk_` and 40 random base62 characters (238 bits). */
export function newKey(): string {
  return `pk_${Array.from({ length: 40 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("")}`;
}

/** The displayable part of a key, to identify it. */
export const keyPrefix = (key: string) => key.slice(0, 8);

/** The stored form of a key. A plain hash suffices: a key has too much entropy to guess. */
export const keyHash = (key: string) => createHash("sha256").update(key).digest("hex");
