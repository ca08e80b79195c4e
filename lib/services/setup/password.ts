import { randomInt } from "node:crypto";

// Without characters that are taken for one another when a password is typed off a screen.
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

/** A random password of 16 readable characters (79 bits) in groups of four: `k7mq-x2hn-…`. */
export function readablePassword(): string {
  const group = () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
  return Array.from({ length: 4 }, group).join("-");
}
