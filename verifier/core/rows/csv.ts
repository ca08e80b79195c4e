import type { RowCounter } from "./counter";
import { rowsAfter } from "./frame";

const NEWLINE = 0x0a;
const QUOTE = 0x22;

/** RFC 4180: a line feed ends a record, except within quotes. Doubled quotes close and open, which changes nothing. */
export class CsvRecords implements RowCounter {
  #records = 0;
  #quoted = false;
  #last = NEWLINE;

  constructor(private readonly header: number) {}

  add(bytes: Uint8Array): void {
    const { length } = bytes;
    if (length === 0) return;
    this.#last = bytes[length - 1]!;
    let quoted = this.#quoted;
    let records = 0;
    // Two loops, so that each tests for as little as possible: this takes most of the time for uncompressed files.
    for (let at = 0; at < length; ) {
      if (quoted) {
        while (at < length && bytes[at] !== QUOTE) at += 1;
        if (at === length) break;
        quoted = false;
        at += 1;
      }
      for (; at < length; at += 1) {
        const byte = bytes[at]!;
        if (byte > QUOTE) continue;
        if (byte === NEWLINE) records += 1;
        else if (byte === QUOTE) {
          quoted = true;
          at += 1;
          break;
        }
      }
    }
    this.#quoted = quoted;
    this.#records += records;
  }

  end(): number {
    if (this.#quoted || this.#last !== NEWLINE) throw new Error("the last record has no end");
    return rowsAfter(this.#records, this.header);
  }
}
