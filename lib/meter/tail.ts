import { KIB } from "../units";

/** How much of a response's end is searched for an error, in bytes: ClickHouse's messages have at most 16 KB. */
export const TAIL = 64 * KIB;

/** Keeps the last bytes of a stream. */
export class Tail {
  readonly #kept: Buffer;
  #length = 0;

  constructor(private readonly size: number) {
    this.#kept = Buffer.allocUnsafeSlow(size * 2);
  }

  /** Copies what may be needed, and does not keep the chunk. */
  add(chunk: Buffer): void {
    const last = chunk.subarray(Math.max(0, chunk.length - this.size));
    if (last.length < chunk.length) this.#length = 0;
    if (this.#length + last.length > this.#kept.length) {
      const keep = this.size - last.length;
      this.#kept.copy(this.#kept, 0, this.#length - keep, this.#length);
      this.#length = keep;
    }
    this.#length += last.copy(this.#kept, this.#length);
  }

  /** At least the last `size` bytes, or all if there were fewer. */
  bytes(): Buffer {
    return this.#kept.subarray(0, this.#length);
  }
}
