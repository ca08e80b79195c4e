import type { RowCounter } from "./rows";

const NULL = 0xffffffff;

/** Counts rows of PostgreSQL's binary COPY: each row states its number of fields, each field its length. */
export class CopyRows implements RowCounter {
  #rows = 0;
  /** Remaining fields of the current row, and remaining bytes of the current field. */
  #fields = 0;
  #skip = 0;
  /** A number split across chunks: its value and bytes so far. */
  #number = 0;
  #read = 0;

  add(raw: Buffer): void {
    for (let at = 0; at < raw.length; ) {
      if (this.#skip > 0) {
        const step = Math.min(this.#skip, raw.length - at);
        this.#skip -= step;
        at += step;
        this.#endOfField();
        continue;
      }
      const width = this.#fields === 0 ? 2 : 4;
      if (this.#read === 0 && at + width <= raw.length) {
        this.#take(width === 2 ? raw.readUInt16BE(at) : raw.readUInt32BE(at));
        at += width;
        continue;
      }
      this.#number = this.#number * 256 + (raw[at] ?? 0);
      this.#read += 1;
      at += 1;
      if (this.#read < width) continue;
      const number = this.#number;
      this.#number = 0;
      this.#read = 0;
      this.#take(number);
    }
  }

  get soFar(): number {
    return this.#rows;
  }

  /** Throws if the file was truncated. */
  finish(): number {
    if (this.#fields > 0 || this.#skip > 0 || this.#read > 0)
      throw new Error("The last row is incomplete: the source's response was cut short.");
    return this.#rows;
  }

  #take(number: number): void {
    if (this.#fields === 0) {
      this.#fields = number;
      return;
    }
    this.#skip = number === NULL ? 0 : number;
    this.#endOfField();
  }

  #endOfField(): void {
    if (this.#skip > 0) return;
    this.#fields -= 1;
    if (this.#fields === 0) this.#rows += 1;
  }
}
