import { Writable } from "node:stream";

/** A piece of a file in a buffer that is used again: `release` must be called once nobody reads `bytes` any more. */
export interface Part {
  bytes: Buffer;
  release(): void;
}

/**
 * A stream that gathers what is written to it into parts of `size` bytes, the last one smaller. It has `buffers` buffers and
 * no more: when all are on their way it takes nothing until one is released, which holds the writer's source back.
 */
export function partWriter(size: number, buffers: number, onPart: (part: Part) => void): Writable {
  const free: Buffer[] = [];
  let made = 0;
  let waiting: ((buffer: Buffer) => void) | null = null;
  let current: Buffer | null = null;
  let used = 0;

  const release = (buffer: Buffer) => {
    if (waiting) waiting(buffer);
    else free.push(buffer);
    waiting = null;
  };
  const acquire = (): Buffer | Promise<Buffer> => {
    const buffer = free.pop();
    if (buffer) return buffer;
    if (made === buffers) return new Promise((resolve) => (waiting = resolve));
    made += 1;
    return Buffer.allocUnsafeSlow(size);
  };
  const handOver = () => {
    const buffer = current;
    if (!buffer) return;
    current = null;
    onPart({ bytes: buffer.subarray(0, used), release: () => release(buffer) });
    used = 0;
  };
  const gather = async (chunk: Buffer) => {
    for (let at = 0; at < chunk.length; ) {
      current ??= await acquire();
      const copied = chunk.copy(current, used, at);
      at += copied;
      used += copied;
      if (used === size) handOver();
    }
  };
  return new Writable({
    // Some chunks of a network read may wait, so that reading goes on while one is copied.
    highWaterMark: 512 * 1024,
    write: (chunk: Buffer, _, done) => void gather(chunk).then(() => done(), done),
    final: (done) => {
      handOver();
      done();
    },
  });
}
