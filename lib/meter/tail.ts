import { KIB } from "../units";

/** How much of an answer's end is looked at for an error, in bytes: ClickHouse's messages have at most 16 KB. */
export const TAIL = 64 * KIB;

/** Keeps the last bytes of what passes by. */
export class Tail {
  readonly #kept: Buffer;
  #length = 0;

  constructor(private readonly size: number) {
    this.#kept = Buffer.allocUnsafeSlow(size * 2);
  }

  /** Copies what may be needed of a chunk; the chunk itself is not kept. */
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

  /** At least the last `size` bytes, as far as there were so many. */
  bytes(): Buffer {
    return this.#kept.subarray(0, this.#length);
  }
}
