import { LARGEST_STATEMENT } from "./options";
import type { Place } from "./tools";

/** Reads a small object. Throws if it can't be read, or is too large to be a receipt. */
export async function readAll(place: Place, name: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of place.read(name)) {
    chunks.push(chunk.slice());
    length += chunk.length;
    if (length > LARGEST_STATEMENT) throw new Error(`more than ${LARGEST_STATEMENT} bytes`);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
