/** A piece of a stream, and whether it is the last one. */
export interface Chunk {
  data: Buffer;
  isLast: boolean;
}

/**
 * Cuts a stream into chunks of one size, the last of which is told apart and is not empty unless the stream is: what is held
 * in memory is one chunk and what the stream gave at once.
 */
export async function* chunksOf(body: AsyncIterable<Buffer | Uint8Array>, size: number): AsyncGenerator<Chunk> {
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const piece of body) {
    held.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
    bytes += piece.byteLength;
    // More must be there than a chunk: else this might be the last one.
    while (bytes > size) {
      const all = Buffer.concat(held, bytes);
      yield { data: all.subarray(0, size), isLast: false };
      held = [all.subarray(size)];
      bytes -= size;
    }
  }
  yield { data: Buffer.concat(held, bytes), isLast: true };
}
