import type { Named } from "./audited";

/** Rewritten objects whose bytes this process has read: without it, each audit of a copied bucket would read all of it. */
const proven = new Set<string>();
const MOST = 50_000;

const nameOf = (address: string, { key, sha256 }: Named, etag: string) => JSON.stringify([address, key, sha256, etag]);

/** Whether an object with this ETag was found to have the bytes that were written. */
export const isProven = (address: string, named: Named, etag: string): boolean =>
  proven.has(nameOf(address, named, etag));

export function noteProven(address: string, named: Named, etag: string): void {
  if (proven.size >= MOST) proven.clear();
  proven.add(nameOf(address, named, etag));
}
