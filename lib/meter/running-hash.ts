import { createHash } from "node:crypto";

/** SHA-256 of a stream and, at every multiple of `step` bytes, of all before it: at no cost beyond that of one hash. */
export class RunningHash {
  readonly #hash = createHash("sha256");
  readonly #passed: string[] = [];
  bytes = 0;

  constructor(private readonly step: number = Number.POSITIVE_INFINITY) {}

  /** Does not keep the chunk. */
  update(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) {
      const end = Math.min(chunk.length, at + this.step - (this.bytes % this.step));
      this.#hash.update(at === 0 && end === chunk.length ? chunk : chunk.subarray(at, end));
      this.bytes += end - at;
      at = end;
      if (this.bytes % this.step === 0) this.#passed.push(this.#hash.copy().digest("hex"));
    }
  }

  /** The hash of the first `bytes` bytes; undefined if they have not passed, or are no multiple of the step. */
  upTo(bytes: number): string | undefined {
    return bytes % this.step === 0 ? this.#passed[bytes / this.step - 1] : undefined;
  }

  /** Ends the stream. */
  digest(): string {
    return this.#hash.digest("hex");
  }
}
