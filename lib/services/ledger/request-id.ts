import { randomInt } from "node:crypto";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

/** A new request id: 16 random characters of a-z and 0-9, short enough to read out and unique in practice (82 bits). */
export function newRequestId(): string {
  return Array.from({ length: 16 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}
