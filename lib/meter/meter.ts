import { once } from "node:events";
import type { Transform } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import type { Encoding } from "../rows/formats/encoding";
import type { Codec } from "../rows/formats/types";
import { KIB, MIB } from "../units";
import { giveBack } from "./give-back";
import { type RowCounter, rowCounter } from "./rows";
import { RunningHash } from "./running-hash";
import { TAIL, Tail } from "./tail";

export interface Measured {
  rows: number;
  /** As stored at the destination. */
  bytes: number;
  sha256: string;
}

/** How much of a file has passed. Rows are null if only the end of the file has their count. */
export interface SoFar {
  rows: number | null;
  bytes: number;
}

/** Bytes to inflate at once: each batch wakes another thread, which then wakes this one. */
const BATCH = 128 * KIB;
/** Output size of the inflater. */
const CHUNK = { chunkSize: MIB };

const inflater = (codec: Codec): Transform | null =>
  codec === "gzip" ? createGunzip(CHUNK) : codec === "zstd" ? createZstdDecompress(CHUNK) : null;

/** Measures a file from the exact bytes that are sent: their count, SHA-256, and rows. */
export class Meter {
  readonly #hash: RunningHash;
  readonly #rows: RowCounter;
  readonly #tail = new Tail(TAIL);
  readonly #inflater: Transform | null;
  #inflating: Promise<void> = Promise.resolve();
  #reject: (error: Error) => void = () => {};
  /** Chunks wait here while the inflater works on the other buffer. */
  #filling = Buffer.alloc(0);
  #inflated = Buffer.alloc(0);
  #filled = 0;

  /** With `hashEvery`, keeps the hash of the file's beginning at every multiple of that many bytes. */
  constructor({ codec, rows, frameLines }: Pick<Encoding, "codec" | "rows" | "frameLines">, hashEvery?: number) {
    this.#hash = new RunningHash(hashEvery);
    this.#rows = rowCounter(rows, frameLines);
    this.#inflater = inflater(codec);
    if (!this.#inflater) return;
    this.#filling = Buffer.allocUnsafeSlow(BATCH);
    this.#inflated = Buffer.allocUnsafeSlow(BATCH);
    this.#inflater.on("data", (raw: Buffer) => {
      this.#look(raw);
      giveBack(raw);
    });
    // zlib never calls a failed write's callback: the error event must end the wait.
    this.#inflater.on("error", (error) => this.#reject(error));
  }

  /**
   * Takes the next bytes once there is room for them: at most a batch waits for the inflater. Does not keep the chunk.
   */
  async add(chunk: Buffer): Promise<void> {
    this.#hash.update(chunk);
    if (!this.#inflater) return this.#look(chunk);
    for (let at = 0; at < chunk.length; ) {
      const copied = chunk.copy(this.#filling, this.#filled, at);
      this.#filled += copied;
      at += copied;
      if (this.#filled === BATCH) await this.#inflateWaiting(this.#inflater);
    }
  }

  /** What has passed. Compressed rows are counted a batch later than their bytes. */
  get soFar(): SoFar {
    return { rows: this.#rows.soFar, bytes: this.#hash.bytes };
  }

  /** SHA-256 of the file's first `bytes` bytes, at a multiple of `hashEvery` that has passed. */
  sha256At(bytes: number): string | undefined {
    return this.#hash.upTo(bytes);
  }

  #look(raw: Buffer): void {
    this.#rows.add(raw);
    this.#tail.add(raw);
  }

  /** The last bytes before any codec received so far, even of a response that broke off. */
  async tail(): Promise<Buffer> {
    // An inflate error was already reported where it occurred.
    if (this.#inflater?.writable) await this.#inflateWaiting(this.#inflater).catch(() => {});
    await this.#inflating.catch(() => {});
    return this.#tail.bytes();
  }

  /** Ends the count. Throws if the bytes were truncated, within the compressed stream or a row. */
  async finish(): Promise<Measured> {
    if (this.#inflater && this.#hash.bytes > 0) {
      await this.#inflateWaiting(this.#inflater);
      await this.#inflating;
      this.#inflater.end();
      await once(this.#inflater, "end");
    }
    return { rows: this.#rows.finish(), bytes: this.#hash.bytes, sha256: this.#hash.digest() };
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
