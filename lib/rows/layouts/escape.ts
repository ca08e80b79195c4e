import type { EventName } from "./types";

/** Bytes of an escaped name: with what else a key holds it stays below the 255 of a file system's names. */
const LONGEST = 180;

const isPlain = (byte: number, plain: string) =>
  (byte >= 0x30 && byte <= 0x39) ||
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x61 && byte <= 0x7a) ||
  plain.includes(String.fromCharCode(byte));

const escapedBytes = (bytes: Iterable<number>, plain: string): string =>
  Array.from(bytes, (byte) =>
    isPlain(byte, plain) ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
  ).join("");

const bytesOf = (hex: string): number[] => hex.match(/../g)?.map((digits) => Number.parseInt(digits, 16)) ?? [];

/**
 * An event's name as part of a key: percent-escaped byte by byte but for letters, digits and `plain`, so that it can be read
 * back and no two names meet. A name too long for that is cut and gets a `~`, which is escaped elsewhere, with its SHA-256.
 */
export function escapeEvent({ hex, sha256 }: EventName, plain: string): string {
  const bytes = bytesOf(hex);
  const escaped = escapedBytes(bytes, plain);
  if (escaped.length <= LONGEST) return escaped;
  const cut = escaped.slice(0, LONGEST - sha256.length - 1).replace(/%.?$/, "");
  return `${cut}~${sha256}`;
}

/**
 * The same in a part that is never empty and always text, because readers of folders refuse all of them for one that is not: a name
 * that is no text is cut to what of it is, and a cut never parts a character.
 */
export function escapeEventAsText(event: EventName, plain: string): string {
  const bytes = Uint8Array.from(bytesOf(event.hex));
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const encoder = new TextEncoder();
  const chars = Array.from(text, (char) => escapedBytes(encoder.encode(char), plain));
  const whole = chars.join("");
  if (whole !== "" && whole.length <= LONGEST && whole === escapedBytes(bytes, plain)) return whole;
  const room = LONGEST - event.sha256.length - 1;
  let cut = "";
  for (const char of chars) {
    if (cut.length + char.length > room) break;
    cut += char;
  }
  return `${cut}~${event.sha256}`;
}
