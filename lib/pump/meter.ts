import { createHash } from "node:crypto";
import { once } from "node:events";
import { createGunzip, type Gunzip } from "node:zlib";
import type { Compression } from "../formats/types";

export interface Measured {
  rows: number;
  /** Bytes as they lie at the destination. */
  bytes: number;
  /** Bytes before compression. */
  rawBytes: number;
  sha256: string;
}

const NEWLINE = 0x0a;

/** Measures a file from the very bytes that are sent: how many, their SHA-256, and the rows in them, by their line ends. */
export class Meter {
  readonly #hash = createHash("sha256");
  readonly #gunzip: Gunzip | null;
  #inflating: Promise<void> = Promise.resolve();
  #reject: (error: Error) => void = () => {};
  #bytes = 0;
  #rawBytes = 0;
  #rows = 0;
  #last = NEWLINE;

  constructor(compression: Compression) {
    this.#gunzip = compression === "gzip" ? createGunzip({ chunkSize: 256 * 1024 }) : null;
    this.#gunzip?.on("data", (raw: Buffer) => this.#count(raw));
    // zlib leaves a failed write's callback uncalled: the error itself must end the wait for it.
    this.#gunzip?.on("error", (error) => this.#reject(error));
  }

  /** Takes the next bytes, as soon as those before them are counted: nothing piles up in front of the inflater. */
  async add(chunk: Buffer): Promise<void> {
    this.#bytes += chunk.length;
    this.#hash.update(chunk);
    if (!this.#gunzip) return this.#count(chunk);
    await this.#inflating;
    this.#inflating = this.#inflate(this.#gunzip, chunk);
    this.#inflating.catch(() => {});
  }

  /** Ends the count. Throws when the bytes were cut short: in the middle of the compressed stream or of a row. */
  async finish(): Promise<Measured> {
    if (this.#gunzip && this.#bytes > 0) {
      await this.#inflating;
      this.#gunzip.end();
      await once(this.#gunzip, "end");
    }
    if (this.#last !== NEWLINE) throw new Error("The last row has no end: the source's answer was cut short.");
    return { rows: this.#rows, bytes: this.#bytes, rawBytes: this.#rawBytes, sha256: this.#hash.digest("hex") };
  }

  #inflate(gunzip: Gunzip, chunk: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      gunzip.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
  }

  #count(raw: Buffer): void {
    if (raw.length === 0) return;
    this.#rawBytes += raw.length;
    this.#last = raw[raw.length - 1] ?? NEWLINE;
    for (let at = raw.indexOf(NEWLINE); at !== -1; at = raw.indexOf(NEWLINE, at + 1)) this.#rows += 1;
  }
}
