import type { RowCounter } from "./counter";
import { rowsAfter } from "./frame";

const NEWLINE = 0x0a;

/** One row for each line feed, except the lines of the frame. */
export class Lines implements RowCounter {
  #lines = 0;
  #last = NEWLINE;

  constructor(private readonly frame: number) {}

  add(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#last = bytes[bytes.length - 1]!;
    for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) this.#lines += 1;
  }

  end(): number {
    if (this.#last !== NEWLINE) throw new Error("the last line has no end");
    return rowsAfter(this.#lines, this.frame);
  }
}
