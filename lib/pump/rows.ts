import type { RowForm } from "../formats/types";
import { CopyRows } from "./copy-rows";
import { ParquetTail } from "./parquet-tail";

/** Counts the rows of a file from its bytes before any codec. */
export interface RowCounter {
  add(raw: Buffer): void;
  /** Whether it looks at bytes again after it was given them; else their memory may go. */
  readonly keeps: boolean;
  /** Throws when the file was cut short. */
  finish(): number;
}

const NEWLINE = 0x0a;
const QUOTE = 0x22;

const cutShort = () => new Error("The last row has no end: the source's answer was cut short.");

/** One row a line, besides the lines that frame them. */
class Lines implements RowCounter {
  readonly keeps = false;
  #lines = 0;
  #last = NEWLINE;

  constructor(private readonly frameLines: number) {}

  add(raw: Buffer): void {
    this.#last = raw[raw.length - 1] ?? this.#last;
    for (let at = raw.indexOf(NEWLINE); at !== -1; at = raw.indexOf(NEWLINE, at + 1)) this.#lines += 1;
  }

  finish(): number {
    if (this.#last !== NEWLINE) throw cutShort();
    return Math.max(0, this.#lines - this.frameLines);
  }
}

/** A line end within quotes is part of a value. */
class CsvRows implements RowCounter {
  readonly keeps = false;
  #lines = 0;
  #quoted = false;
  #last = NEWLINE;

  constructor(private readonly frameLines: number) {}

  add(raw: Buffer): void {
    this.#last = raw[raw.length - 1] ?? this.#last;
    let quoted = this.#quoted;
    let lines = this.#lines;
    for (let at = 0; at < raw.length; at += 1) {
      const byte = raw[at];
      if (byte === QUOTE) quoted = !quoted;
      else if (byte === NEWLINE && !quoted) lines += 1;
    }
    this.#quoted = quoted;
    this.#lines = lines;
  }

  finish(): number {
    if (this.#last !== NEWLINE || this.#quoted) throw cutShort();
    return Math.max(0, this.#lines - this.frameLines);
  }
}

export function rowCounter(rows: RowForm, frameLines: number): RowCounter {
  if (rows === "parquet") return new ParquetTail();
  if (rows === "copy") return new CopyRows();
  return rows === "csv" ? new CsvRows(frameLines) : new Lines(frameLines);
}
