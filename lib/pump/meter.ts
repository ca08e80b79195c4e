import { createHash } from "node:crypto";
import { once } from "node:events";
import type { Transform } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import type { Encoding } from "../formats/encoding";
import type { Codec } from "../formats/types";
import { type RowCounter, rowCounter } from "./rows";

export interface Measured {
  rows: number;
  /** Bytes as they lie at the destination. */
  bytes: number;
  sha256: string;
}

/** Bytes that are inflated at once: each time another thread is woken, and wakes this one again. */
const BATCH = 128 * 1024;
/** How much comes out of the inflater at once. */
const CHUNK = { chunkSize: 1024 * 1024 };

const inflater = (codec: Codec): Transform | null =>
  codec === "gzip" ? createGunzip(CHUNK) : codec === "zstd" ? createZstdDecompress(CHUNK) : null;

/**
 * Gives the memory of counted bytes back at once where they end a buffer of the inflater's, which it leaves for a new one then.
 * The garbage collector would look through the whole heap for every thirty megabytes of them: a quarter of the worker's time.
 */
function discard({ buffer, byteOffset, byteLength }: Buffer): void {
  const endsIt = byteOffset + byteLength === CHUNK.chunkSize && buffer.byteLength === CHUNK.chunkSize;
  if (endsIt && buffer instanceof ArrayBuffer) buffer.transfer(0);
}

/** Measures a file from the very bytes that are sent: how many, their SHA-256, and the rows in them. */
export class Meter {
  readonly #hash = createHash("sha256");
  readonly #rows: RowCounter;
  readonly #inflater: Transform | null;
  #inflating: Promise<void> = Promise.resolve();
  #reject: (error: Error) => void = () => {};
  #bytes = 0;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;

  constructor({ codec, rows, frameLines }: Pick<Encoding, "codec" | "rows" | "frameLines">) {
    this.#rows = rowCounter(rows, frameLines);
    this.#inflater = inflater(codec);
    this.#inflater?.on("data", (raw: Buffer) => {
      this.#rows.add(raw);
      if (!this.#rows.keeps) discard(raw);
    });
    // zlib leaves a failed write's callback uncalled: the error itself must end the wait for it.
    this.#inflater?.on("error", (error) => this.#reject(error));
  }

  /** Takes the next bytes, as soon as there is room for them: no more than a batch piles up in front of the inflater. */
  async add(chunk: Buffer): Promise<void> {
    this.#bytes += chunk.length;
    this.#hash.update(chunk);
    if (!this.#inflater) return this.#rows.add(chunk);
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    if (this.#waitingBytes >= BATCH) await this.#inflateWaiting(this.#inflater);
  }

  /** Ends the count. Throws when the bytes were cut short: in the middle of the compressed stream or of a row. */
  async finish(): Promise<Measured> {
    if (this.#inflater && this.#bytes > 0) {
      await this.#inflateWaiting(this.#inflater);
      await this.#inflating;
      this.#inflater.end();
      await once(this.#inflater, "end");
    }
    return { rows: this.#rows.finish(), bytes: this.#bytes, sha256: this.#hash.digest("hex") };
  }

  async #inflateWaiting(inflater: Transform): Promise<void> {
    await this.#inflating;
    if (this.#waitingBytes === 0) return;
    const batch = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#inflating = this.#inflate(inflater, batch);
    this.#inflating.catch(() => {});
  }

  #inflate(inflater: Transform, chunk: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      inflater.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
  }
}
