import { Writable } from "node:stream";
import { giveBack } from "@/lib/meter/give-back";
import { KIB } from "../../units";

/** A piece of a file in a buffer that is used again: `release` must be called once nobody reads `bytes` any more. */
export interface Part {
  bytes: Buffer;
  release(): void;
}

export interface PartWriter {
  stream: Writable;
  /** Gives the memory of all buffers back; only once every part was released, for good. */
  free(): void;
}

/** Bytes of a writer's first buffer, which grows: most files are small, and many of them are written at once. */
const FIRST = 64 * KIB;

/**
 * A stream that gathers what is written to it into parts of `size` bytes, the last one smaller. It has `buffers` buffers and
 * no more: when all are on their way it takes nothing until one is released, which holds the writer's source back. `onCopied`
 * gets each chunk once its bytes lie in parts.
 */
export function partWriter(
  size: number,
  buffers: number,
  onPart: (part: Part) => void,
  onCopied: (chunk: Buffer) => void = () => {},
): PartWriter {
  const free: Buffer[] = [];
  const made: Buffer[] = [];
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
    if (made.length === buffers) return new Promise((resolve) => (waiting = resolve));
    const another = Buffer.allocUnsafeSlow(made.length === 0 ? Math.min(FIRST, size) : size);
    made.push(another);
    return another;
  };
  const grow = (buffer: Buffer): Buffer => {
    const larger = Buffer.allocUnsafeSlow(Math.min(size, buffer.length * 4));
    buffer.copy(larger);
    made[made.indexOf(buffer)] = larger;
    giveBack(buffer);
    return larger;
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
      else if (used === current.length) current = grow(current);
    }
    onCopied(chunk);
  };
  const stream = new Writable({
    // Some chunks of a network read may wait, so that reading goes on while one is copied.
    highWaterMark: 512 * KIB,
    write: (chunk: Buffer, _, done) => void gather(chunk).then(() => done(), done),
    final: (done) => {
      handOver();
      done();
    },
  });
  return { stream, free: () => made.forEach(giveBack) };
}
