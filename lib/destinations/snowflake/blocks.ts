import type { Readable } from "node:stream";
import { MIB } from "../../units";

/** In bytes: above the minimum that storages require of a block, and small enough to hold. */
export const BLOCK = 8 * MIB;

/** Cuts a stream into blocks of one size; the last one holds the rest. Yields at least one. */
export async function* blocksOf(body: Readable, size = BLOCK): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let bytes = 0;
  let any = false;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    held.push(chunk);
    bytes += chunk.length;
    while (bytes >= size) {
      const all = Buffer.concat(held);
      yield all.subarray(0, size);
      any = true;
      held = [all.subarray(size)];
      bytes -= size;
    }
  }
  if (bytes > 0 || !any) yield Buffer.concat(held);
}
