import { open } from "node:fs/promises";

const CHUNK = 2 ** 20;

/**
 * Reads a file into two buffers in turn: while one is looked at, the other is filled, and nothing is left for the
 * garbage collector. A chunk is gone once the next one is asked for.
 */
export async function* readFileChunks(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  try {
    const buffers = [Buffer.allocUnsafeSlow(CHUNK), Buffer.allocUnsafeSlow(CHUNK)] as const;
    let reading = file.read(buffers[0], 0, CHUNK, null);
    for (let turn = 0; ; turn ^= 1) {
      const { bytesRead, buffer } = await reading;
      if (bytesRead === 0) return;
      reading = file.read(buffers[turn === 0 ? 1 : 0], 0, CHUNK, null);
      // Reported when it is its turn.
      reading.catch(() => {});
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
