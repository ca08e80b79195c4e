import { parquetMetadata } from "hyparquet";
import type { RowCounter } from "./counter";

/** Bytes kept from the end. A footer has a few KB for each row group. */
const KEPT = 4 * 2 ** 20;
/** The footer's length and the magic bytes. */
const END = 8;
const MAGIC = [0x50, 0x41, 0x52, 0x31];

const hasMagic = (bytes: Uint8Array, at: number) => MAGIC.every((byte, index) => bytes[at + index] === byte);

/** The footer says how many rows there are, in total and for each row group. Everything before it passes by. */
export class ParquetFooter implements RowCounter {
  /** Twice what is needed, so that bytes move rarely. */
  #kept = new Uint8Array(64 * 1024);
  #length = 0;
  #total = 0;
  #isParquet = true;

  add(bytes: Uint8Array): void {
    for (let at = 0; this.#total + at < MAGIC.length && at < bytes.length; at += 1)
      if (bytes[at] !== MAGIC[this.#total + at]) this.#isParquet = false;
    this.#total += bytes.length;
    const last = bytes.subarray(Math.max(0, bytes.length - KEPT));
    const keep = Math.min(this.#length, KEPT - last.length);
    if (this.#length + last.length > this.#kept.length) this.#makeRoom(keep, last.length);
    this.#kept.set(last, this.#length);
    this.#length += last.length;
  }

  #makeRoom(keep: number, more: number): void {
    const size = Math.min(2 * KEPT, Math.max(this.#kept.length * 2, 2 * (keep + more)));
    const next = size > this.#kept.length ? new Uint8Array(size) : this.#kept;
    if (next === this.#kept) next.copyWithin(0, this.#length - keep, this.#length);
    else next.set(this.#kept.subarray(this.#length - keep, this.#length));
    this.#kept = next;
    this.#length = keep;
  }

  end(): number {
    if (this.#total === 0) return 0;
    const bytes = this.#kept.subarray(0, this.#length);
    if (!this.#isParquet || this.#total < MAGIC.length + END || !hasMagic(bytes, bytes.length - MAGIC.length))
      throw new Error("not a whole Parquet file");
    const length = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - END).getUint32(0, true) + END;
    if (length > Math.min(bytes.length, this.#total - MAGIC.length))
      throw new Error(`a footer of ${length} bytes, more than can be read`);
    return rowsOf(bytes.slice(bytes.length - length).buffer);
  }
}

function rowsOf(footer: ArrayBuffer): number {
  const { num_rows: rows, row_groups: groups } = parquetMetadata(footer);
  const sum = groups.reduce((total, group) => total + group.num_rows, 0n);
  if (sum !== rows) throw new Error(`${rows} rows, but ${sum} in its row groups`);
  return Number(rows);
}
