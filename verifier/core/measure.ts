import { messageOf } from "./finding";
import { rowCounter } from "./rows/count";
import type { How } from "./rows/how";
import type { Decoder, Tools } from "./tools";

/** What a file's bytes say. Plain data, so that it can come from another thread. */
export interface Measured {
  bytes: number;
  sha256: string;
  /** Text says why they could not be counted; null if nobody knows how. */
  rows: number | string | null;
}

/** Measures a file, looking at each byte once. Throws if it can't be read. */
export async function measure(chunks: AsyncIterable<Uint8Array>, how: How | null, tools: Tools): Promise<Measured> {
  const hasher = tools.sha256();
  const rows = how && new Rows(how, tools);
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    hasher.add(chunk);
    await rows?.add(chunk);
  }
  return { bytes, sha256: hasher.hex(), rows: rows && (await rows.end()) };
}

/** Counts rows behind a codec. Broken files can't be counted, but their other bytes still have a hash. */
class Rows {
  readonly #counter;
  readonly #decoder: Decoder | null;
  #problem: string | null = null;

  constructor(how: How, tools: Tools) {
    const counter = rowCounter(how);
    this.#counter = counter;
    this.#decoder = how.codec === "none" ? null : tools.decoder(how.codec, (bytes) => counter.add(bytes));
  }

  async add(chunk: Uint8Array): Promise<void> {
    if (this.#problem !== null) return;
    if (this.#decoder === null) return this.#counter.add(chunk);
    try {
      await this.#decoder.add(chunk);
    } catch (error) {
      this.#problem = messageOf(error);
    }
  }

  async end(): Promise<number | string> {
    if (this.#problem !== null) return this.#problem;
    try {
      await this.#decoder?.end();
      return this.#counter.end();
    } catch (error) {
      return messageOf(error);
    }
  }
}
