import { parquetMetadata } from "hyparquet";
import { MIB } from "../units";
import type { RowCounter } from "./rows";

/** Bytes kept from the end: more than the footer of the largest file, at about 3 KB per row group. */
const KEPT = 2 * MIB;
/** Size of footer length plus magic bytes. */
const END = 8;
const MAGIC = "PAR1";

/** Counts a Parquet file's rows from its footer, and skips the rest. */
export class ParquetTail implements RowCounter {
  /** Ring buffer of the last bytes: the next one goes to `#bytes % KEPT`. */
  readonly #ring = Buffer.allocUnsafeSlow(KEPT);
  #bytes = 0;
  #head = "";

  add(raw: Buffer): void {
    if (this.#head.length < MAGIC.length) this.#head += raw.subarray(0, MAGIC.length).toString("latin1");
    for (let from = Math.max(0, raw.length - KEPT); from < raw.length; )
      from += raw.copy(this.#ring, (this.#bytes + from) % KEPT, from);
    this.#bytes += raw.length;
  }

  /** Its footer comes last. */
  get soFar(): null {
    return null;
  }

  /** Throws if the file was truncated. */
  finish(): number {
    if (this.#bytes === 0) return 0;
    const tail = this.#tail();
    if (!this.#head.startsWith(MAGIC) || tail.subarray(-MAGIC.length).toString("latin1") !== MAGIC)
      throw new Error("The Parquet file has no footer: the source's response was cut short.");
    const length = tail.readUInt32LE(tail.length - END) + END;
    if (length > tail.length) throw new Error(`The Parquet footer of ${length} bytes is longer than what was kept.`);
    // Copies exactly the footer: its ArrayBuffer holds other bytes too.
    return Number(parquetMetadata(new Uint8Array(tail.subarray(tail.length - length)).buffer).num_rows);
  }

  #tail(): Buffer {
    if (this.#bytes <= KEPT) return this.#ring.subarray(0, this.#bytes);
    const start = this.#bytes % KEPT;
    return Buffer.concat([this.#ring.subarray(start), this.#ring.subarray(0, start)]);
  }
}
