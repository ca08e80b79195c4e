import { createHash } from "node:crypto";
import { once } from "node:events";
import type { Transform } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import type { Encoding } from "../rows/formats/encoding";
import type { Codec } from "../rows/formats/types";
import { KIB, MIB } from "../units";
import { giveBack } from "./give-back";
import { type RowCounter, rowCounter } from "./rows";
import { TAIL, Tail } from "./tail";

export interface Measured {
  rows: number;
  /** Bytes as they lie at the destination. */
  bytes: number;
  sha256: string;
}

/** Bytes that are inflated at once: each time another thread is woken, and wakes this one again. */
const BATCH = 128 * KIB;
/** How much comes out of the inflater at once. */
const CHUNK = { chunkSize: MIB };

const inflater = (codec: Codec): Transform | null =>
  codec === "gzip" ? createGunzip(CHUNK) : codec === "zstd" ? createZstdDecompress(CHUNK) : null;

/** Measures a file from the very bytes that are sent: how many, their SHA-256, and the rows in them. */
export class Meter {
  readonly #hash = createHash("sha256");
  readonly #rows: RowCounter;
  readonly #tail = new Tail(TAIL);
  readonly #inflater: Transform | null;
  #inflating: Promise<void> = Promise.resolve();
  #reject: (error: Error) => void = () => {};
  #bytes = 0;
  /** What is copied here waits to be inflated, while the other batch is. */
  #filling = Buffer.alloc(0);
  #inflated = Buffer.alloc(0);
  #filled = 0;

  constructor({ codec, rows, frameLines }: Pick<Encoding, "codec" | "rows" | "frameLines">) {
    this.#rows = rowCounter(rows, frameLines);
    this.#inflater = inflater(codec);
    if (!this.#inflater) return;
    this.#filling = Buffer.allocUnsafeSlow(BATCH);
    this.#inflated = Buffer.allocUnsafeSlow(BATCH);
    this.#inflater.on("data", (raw: Buffer) => {
      this.#look(raw);
      giveBack(raw);
    });
    // zlib leaves a failed write's callback uncalled: the error itself must end the wait for it.
    this.#inflater.on("error", (error) => this.#reject(error));
  }

  /**
   * Takes the next bytes, as soon as there is room for them: no more than a batch piles up in front of the inflater. The chunk
   * itself is not kept.
   */
  async add(chunk: Buffer): Promise<void> {
    this.#bytes += chunk.length;
    this.#hash.update(chunk);
    if (!this.#inflater) return this.#look(chunk);
    for (let at = 0; at < chunk.length; ) {
      const copied = chunk.copy(this.#filling, this.#filled, at);
      this.#filled += copied;
      at += copied;
      if (this.#filled === BATCH) await this.#inflateWaiting(this.#inflater);
    }
  }

  #look(raw: Buffer): void {
    this.#rows.add(raw);
    this.#tail.add(raw);
  }

  /** The last bytes before any codec, as far as they have come: of an answer that broke off, too. */
  async tail(): Promise<Buffer> {
    // What can't be inflated has been reported where it came.
    if (this.#inflater?.writable) await this.#inflateWaiting(this.#inflater).catch(() => {});
    await this.#inflating.catch(() => {});
    return this.#tail.bytes();
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
    if (this.#filled === 0) return;
    const batch = this.#filling.subarray(0, this.#filled);
    [this.#filling, this.#inflated] = [this.#inflated, this.#filling];
    this.#filled = 0;
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
