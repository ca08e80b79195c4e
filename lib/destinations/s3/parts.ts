import { Writable } from "node:stream";
import { giveBack } from "@/lib/meter/give-back";
import { KIB } from "../../units";

/** A piece of a file in a reusable buffer: call `release` once nothing reads `bytes` any more. */
export interface Part {
  bytes: Buffer;
  release(): void;
}

export interface PartWriter {
  stream: Writable;
  /** Frees all buffers for good; call it only after every part was released. */
  free(): void;
}

/** Bytes of a writer's first buffer, which grows: most files are small, and many are written at once. */
const FIRST = 64 * KIB;

/**
 * A stream that gathers writes into parts of `size` bytes; the last part may be smaller. It has at most `buffers`
 * buffers: with all in use, it takes nothing until one is released, which slows down the source. `onCopied` gets each
 * chunk once its bytes are in parts.
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
    // Lets some chunks of a network read wait, so that reading continues during a copy.
    highWaterMark: 512 * KIB,
    write: (chunk: Buffer, _, done) => void gather(chunk).then(() => done(), done),
    final: (done) => {
      handOver();
      done();
    },
  });
  return { stream, free: () => made.forEach(giveBack) };
}
