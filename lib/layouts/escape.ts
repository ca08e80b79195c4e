import type { EventName } from "./types";

/** Bytes of an escaped name: with what else a key holds it stays below the 255 of a file system's names. */
const LONGEST = 180;

const isPlain = (byte: number, plain: string) =>
  (byte >= 0x30 && byte <= 0x39) ||
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x61 && byte <= 0x7a) ||
  plain.includes(String.fromCharCode(byte));

/**
 * An event's name as part of a key: percent-escaped byte by byte but for letters, digits and `plain`, so that it can be read
 * back and no two names meet. A name too long for that is cut and gets a `~`, which is escaped elsewhere, with its SHA-256.
 */
export function escapeEvent({ hex, sha256 }: EventName, plain: string): string {
  const bytes = hex.match(/../g)?.map((digits) => Number.parseInt(digits, 16)) ?? [];
  const escaped = bytes
    .map((byte) =>
      isPlain(byte, plain) ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
    )
    .join("");
  if (escaped.length <= LONGEST) return escaped;
  const cut = escaped.slice(0, LONGEST - sha256.length - 1).replace(/%.?$/, "");
  return `${cut}~${sha256}`;
}
