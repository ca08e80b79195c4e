import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { addAbortSignal } from "node:stream";
import { type Codec, compress } from "./codec";

/** What is known about a query when its answer begins; counts that are not known are left out. */
export type Summary = { elapsed: number; read_rows?: number; read_bytes?: number; written_rows?: number };

/** Up to this many bytes an answer is held back, so that an error late in a small result is still a proper one. */
const HELD_BYTES = 65_536;

/** The answer to one query: buffered, or streamed from the engine's request once it outgrows what is held back. */
export class Answer {
  private held: Buffer[] = [];
  private heldBytes = 0;
  /** Whether the engine has sent any part of a result. */
  received = false;

  constructor(
    private readonly response: ServerResponse,
    private readonly headers: OutgoingHttpHeaders,
    private readonly codec: Codec | undefined,
  ) {}

  /** Passes on what the engine sends, no faster than the client reads. Ends early when `signal` aborts. */
  async pass(incoming: IncomingMessage, signal: AbortSignal): Promise<void> {
    this.received = true;
    addAbortSignal(signal, incoming);
    this.headers["Content-Type"] = incoming.headers["content-type"];
    await new Promise<void>((resolve, reject) => {
      incoming.on("data", (chunk: Buffer) => {
        if (this.take(chunk)) return;
        incoming.pause();
        this.response.once("drain", () => incoming.resume());
      });
      incoming.once("end", resolve).once("error", reject);
    });
  }

  /** Holds a chunk back or sends it; false asks for a pause until the response has drained. */
  private take(chunk: Buffer): boolean {
    if (!this.response.headersSent && this.heldBytes + chunk.length <= HELD_BYTES) {
      this.held.push(chunk);
      this.heldBytes += chunk.length;
      return true;
    }
    if (!this.response.headersSent) this.begin({ elapsed: 0 });
    return this.response.write(chunk);
  }

  /** Completes the answer after the engine has said that the query succeeded. */
  finish(summary: Summary): void {
    if (!this.response.headersSent) {
      this.headers["Content-Length"] = this.heldBytes;
      this.begin(summary);
    }
    this.response.end();
  }

  /** Answers with a whole result of the engine's, in the coding the client wants. */
  async send(bytes: Uint8Array, contentType: string, summary: Summary): Promise<void> {
    const body = this.codec && bytes.length > 0 ? await compress(this.codec, bytes) : Buffer.from(bytes);
    this.headers["Content-Type"] = contentType;
    this.held = [body];
    this.heldBytes = body.length;
    this.finish(summary);
  }

  private begin(summary: Summary): void {
    const { elapsed, ...counts } = summary;
    const numbers = { ...counts, elapsed_ns: Math.round(elapsed * 1e9) };
    const encoding = this.codec && this.headers["Content-Length"] !== 0 ? { "Content-Encoding": this.codec } : {};
    this.response.writeHead(200, {
      ...this.headers,
      ...encoding,
      "X-ClickHouse-Summary": JSON.stringify(numbers, (_key, value) =>
        typeof value === "number" ? String(value) : value,
      ),
    });
    for (const chunk of this.held) this.response.write(chunk);
    this.held = [];
  }
}

/** The content type of a result that did not come with one of the engine's. */
export function contentType(format: string): string {
  if (/^JSON.*EachRow/i.test(format)) return "application/x-ndjson; charset=UTF-8";
  if (/^JSON/i.test(format)) return "application/json; charset=UTF-8";
  return /^(TabSeparated|TSV)/i.test(format) ? "text/tab-separated-values; charset=UTF-8" : "text/plain; charset=UTF-8";
}
