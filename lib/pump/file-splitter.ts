import { KIB } from "../units";

/** One file of a group's response: its rows as written, without frame or codec. */
export interface SplitFile {
  /** Position among the group's files. */
  place: number;
  rows: number;
  /** Sum of its rows' hashes modulo 2^64. */
  fingerprint: bigint;
  text: Buffer;
}

/** Bytes after the token: position of the row's file, and the row's hash. */
const [PLACE, HASH] = [2, 8];
const SMALLEST = 64 * KIB;

/**
 * Splits the response of a group's query into its files. Every row says which file it belongs to. A value can't forge
 * that, because the token is unique to the query. Copies its input.
 */
export class FileSplitter {
  /** A possible prefix of a token and its tag. */
  #rest: Buffer = Buffer.alloc(0);
  #text: Buffer = Buffer.allocUnsafeSlow(SMALLEST);
  #used = 0;
  #place = -1;
  #rows = 0;
  #sum = 0n;

  constructor(private readonly token: Buffer) {}

  /** Takes the next bytes, and yields each file that ends with them. Throws on bytes that no group query returns. */
  *add(chunk: Buffer): Generator<SplitFile> {
    const { token } = this;
    const data = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    const tag = token.length + PLACE + HASH;
    let from = 0;
    for (;;) {
      const at = data.indexOf(token, from);
      const end = at === -1 ? Math.max(from, data.length - token.length + 1) : at;
      this.#append(data, from, end);
      from = end;
      if (at === -1 || at + tag > data.length) break;
      const place = data.readUInt16LE(at + token.length);
      if (place !== this.#place) {
        if (place < this.#place) throw new Error("The rows of a group aren't in the order of its files.");
        const ended = this.#take();
        this.#place = place;
        if (ended) yield ended;
      }
      this.#rows += 1;
      this.#sum += data.readBigUInt64LE(at + token.length + PLACE);
      from = at + tag;
    }
    this.#rest = Buffer.from(data.subarray(from));
  }

  /** The last file, once the response has ended successfully; null if there was none. Throws if it was truncated. */
  finish(): SplitFile | null {
    if (this.#rest.includes(this.token))
      throw new Error("The last row is incomplete: the source's response was cut short.");
    this.#append(this.#rest, 0, this.#rest.length);
    this.#rest = Buffer.alloc(0);
    return this.#take();
  }

  #take(): SplitFile | null {
    if (this.#place === -1) return null;
    const file = {
      place: this.#place,
      rows: this.#rows,
      fingerprint: BigInt.asUintN(64, this.#sum),
      text: Buffer.from(this.#text.subarray(0, this.#used)),
    };
    this.#used = 0;
    this.#rows = 0;
    this.#sum = 0n;
    return file;
  }

  #append(data: Buffer, from: number, to: number): void {
    if (from === to) return;
    if (this.#place === -1) throw new Error("The response for a group doesn't start with a row.");
    const needed = this.#used + to - from;
    if (needed > this.#text.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#text.length * 2));
      this.#text.copy(larger, 0, 0, this.#used);
      this.#text = larger;
    }
    this.#used += data.copy(this.#text, this.#used, from, to);
  }
}
