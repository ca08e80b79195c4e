import type { Tools } from "./tools";

const encoder = new TextEncoder();

export const utf8 = (text: string): Uint8Array => encoder.encode(text);

/** Throws for bytes that are not UTF-8. A byte order mark stays: it belongs to no receipt. */
export const textOf = (bytes: Uint8Array): string =>
  new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);

export function sha256Hex({ sha256 }: Pick<Tools, "sha256">, bytes: Uint8Array): string {
  const hasher = sha256();
  hasher.add(bytes);
  return hasher.hex();
}

export const hexBytes = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

export const toBase64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/**
 * Decodes unpadded base64url of exactly `length` bytes; null for anything else. Several texts decode to the same bytes,
 * but only one of them is canonical.
 */
export function fromBase64url(text: string, length: number): Uint8Array | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length !== Math.ceil((length * 4) / 3)) return null;
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
  return bytes.length === length && toBase64url(bytes) === text ? bytes : null;
}
