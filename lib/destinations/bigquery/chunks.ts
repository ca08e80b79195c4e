/** A piece of a stream, and whether it is the last one. */
export interface Chunk {
  data: Buffer;
  isLast: boolean;
}

/**
 * Cuts a stream into chunks of one size and flags the last one, which is empty only if the stream is. Holds one chunk
 * in memory, plus one piece of the stream.
 */
export async function* chunksOf(body: AsyncIterable<Buffer | Uint8Array>, size: number): AsyncGenerator<Chunk> {
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const piece of body) {
    held.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
    bytes += piece.byteLength;
    // Requires more than one chunk: otherwise this one might be the last.
    while (bytes > size) {
      const all = Buffer.concat(held, bytes);
      yield { data: all.subarray(0, size), isLast: false };
      held = [all.subarray(size)];
      bytes -= size;
    }
  }
  yield { data: Buffer.concat(held, bytes), isLast: true };
}
