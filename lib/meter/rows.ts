import type { RowForm } from "../rows/formats/types";
import { CopyRows } from "./copy-rows";
import { ParquetTail } from "./parquet-tail";

/** Counts the rows of a file from its bytes before any codec. */
export interface RowCounter {
  /** Looks at the next bytes, and does not keep them: their memory may go. */
  add(raw: Buffer): void;
  /** Throws when the file was cut short. */
  finish(): number;
}

const NEWLINE = 0x0a;
const QUOTE = 0x22;

const cutShort = () => new Error("The last row has no end: the source's answer was cut short.");

/** One row a line, besides the lines that frame them. */
class Lines implements RowCounter {
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

/** Four bytes at once: each is this one. */
const NEWLINES = 0x0a0a0a0a;
const QUOTES = 0x22222222;
/** How many bytes are looked at together. */
const STEP = 16;

/** The highest bit of a byte is set if it is zero; it may be for a byte above one that is. */
const maybeZero = (word: number) => (word - 0x01010101) & ~word;
/** The highest bit of each byte says that it is not zero. */
const notZero = (word: number) => ((word & 0x7f7f7f7f) + 0x7f7f7f7f) | word;

/** 1 if the highest bit is set in an odd number of the four bytes. */
function oddBytes(word: number): number {
  const half = word ^ (word >>> 16);
  return ((half ^ (half >>> 8)) >>> 7) & 1;
}

/**
 * A line end within quotes is part of a value. Sixteen bytes without a line end are looked at together, four in each number:
 * all that counts of them is whether their quotes are odd in number. That is more than twice as fast as byte by byte.
 */
class CsvRows implements RowCounter {
  #lines = 0;
  #quoted = 0;
  #last = NEWLINE;

  constructor(private readonly frameLines: number) {}

  add(raw: Buffer): void {
    this.#last = raw[raw.length - 1] ?? this.#last;
    const aligned = (4 - (raw.byteOffset % 4)) % 4;
    const whole = Math.max(0, Math.floor((raw.length - aligned) / STEP)) * 4;
    if (whole === 0) {
      this.#each(raw, 0, raw.length);
      return;
    }
    this.#each(raw, 0, aligned);
    const words = new Int32Array(raw.buffer, raw.byteOffset + aligned, whole);
    for (let i = 0; i < whole; i += 4) {
      const [a, b, c, d] = [words[i]!, words[i + 1]!, words[i + 2]!, words[i + 3]!];
      const hasLines =
        maybeZero(a ^ NEWLINES) | maybeZero(b ^ NEWLINES) | maybeZero(c ^ NEWLINES) | maybeZero(d ^ NEWLINES);
      if ((hasLines & 0x80808080) !== 0) this.#each(raw, aligned + i * 4, aligned + i * 4 + STEP);
      else
        this.#quoted ^= oddBytes(notZero(a ^ QUOTES) ^ notZero(b ^ QUOTES) ^ notZero(c ^ QUOTES) ^ notZero(d ^ QUOTES));
    }
    this.#each(raw, aligned + whole * 4, raw.length);
  }

  #each(raw: Buffer, from: number, to: number): void {
    for (let at = from; at < to; at += 1) {
      const byte = raw[at];
      if (byte === QUOTE) this.#quoted ^= 1;
      else if (byte === NEWLINE && this.#quoted === 0) this.#lines += 1;
    }
  }

  finish(): number {
    if (this.#last !== NEWLINE || this.#quoted === 1) throw cutShort();
    return Math.max(0, this.#lines - this.frameLines);
  }
}

export function rowCounter(rows: RowForm, frameLines: number): RowCounter {
  if (rows === "parquet") return new ParquetTail();
  if (rows === "copy") return new CopyRows();
  return rows === "csv" ? new CsvRows(frameLines) : new Lines(frameLines);
}
