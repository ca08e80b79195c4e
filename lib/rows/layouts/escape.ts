import type { EventName } from "./types";

/** Maximum bytes of an escaped name: with the rest of the file name, below a file system's limit of 255. */
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
 * An event name as part of a key: percent-escaped byte by byte except letters, digits, and `plain`, so that it can be
 * decoded and no two names collide. A name that gets too long is cut, followed by `~`, which is otherwise escaped, and
 * its SHA-256.
 */
export function escapeEvent({ hex, sha256 }: EventName, plain: string): string {
  const bytes = bytesOf(hex);
  const escaped = escapedBytes(bytes, plain);
  if (escaped.length <= LONGEST) return escaped;
  const cut = escaped.slice(0, LONGEST - sha256.length - 1).replace(/%.?$/, "");
  return `${cut}~${sha256}`;
}

/**
 * `escapeEvent`, but never empty and always valid UTF-8, because readers of folders reject all of them if one is not.
 * Invalid bytes become U+FFFD, followed by the SHA-256, and a cut never splits a character.
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
