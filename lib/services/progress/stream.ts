import { AppError } from "@/lib/errors";
import { isIdle } from "@/lib/fields/idle";
import type { Progress } from "@/lib/schemas/progress";
import type { Actor } from "@/lib/services/access";
import { loadExport } from "@/lib/services/exports";
import { SECOND } from "@/lib/units";
import { takeSeat } from "./seats";
import { watchOf } from "./watches";

/** How often a comment shows that the stream lives, and the caller's access is checked again, in ms. */
const PULSE = 15 * SECOND;

/** Why a stream ends: nothing runs anymore, access was lost, the server ends, or it can't ask the ledger. */
type End = "idle" | "access" | "shutdown" | "unavailable";

interface Opened {
  /** Aborts when the client closes the connection. */
  signal: AbortSignal;
  /** Who sent the request, asked again. Throws once they may not. */
  askAgain: () => Promise<Actor>;
}

const eventOf = (name: string, data: unknown) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

const open = new Set<(why: End) => void>();
let listens = false;

/** The server waits for open requests before it ends. */
function endAtShutdown(): void {
  if (listens) return;
  listens = true;
  const endAll = () => {
    for (const end of [...open]) end("shutdown");
  };
  process.once("SIGTERM", endAll);
  process.once("SIGINT", endAll);
}

/** Unread events of a client that is too slow for them: then it misses some, because only the last one matters. */
const MOST_UNREAD = 8;

/** One client's stream. */
class Stream {
  readonly body: ReadableStream<Uint8Array>;
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  #isOver = false;
  readonly #pulse: NodeJS.Timeout;
  readonly #encoder = new TextEncoder();
  readonly #onEnd: (why: End) => void;

  constructor(
    private readonly opened: Opened & { exportId: string },
    private readonly leave: () => void,
  ) {
    this.body = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel: () => this.#clear(),
    });
    this.#onEnd = (why) => this.end(why);
    open.add(this.#onEnd);
    this.#pulse = setInterval(() => void this.#check(), PULSE).unref();
    opened.signal.addEventListener("abort", () => this.#clear(), { once: true });
    // Browsers that reconnect by themselves wait this long, in ms.
    this.#send("retry: 5000\n\n");
  }

  progress(progress: Progress): void {
    if ((this.#controller.desiredSize ?? 0) > -MOST_UNREAD) this.#send(eventOf("progress", progress));
    if (isIdle(progress)) this.end("idle");
  }

  end(why: End): void {
    if (this.#isOver) return;
    this.#send(eventOf("end", { reason: why }));
    this.#clear();
    this.#controller.close();
  }

  #send(text: string): void {
    if (!this.#isOver) this.#controller.enqueue(this.#encoder.encode(text));
  }

  async #check(): Promise<void> {
    this.#send(": still here\n\n");
    try {
      await loadExport(await this.opened.askAgain(), this.opened.exportId);
    } catch (error) {
      this.end(error instanceof AppError && error.status < 500 ? "access" : "unavailable");
    }
  }

  #clear(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#pulse);
    open.delete(this.#onEnd);
    this.leave();
  }
}

/**
 * An export's progress as server-sent events: one at once, then one every 2 s while anything runs, and a last one that
 * says why the stream ends. Throws a 404, or a 429 if too many are open.
 */
export async function streamProgress(
  actor: Actor,
  input: { id: string },
  opened: Opened,
): Promise<ReadableStream<Uint8Array>> {
  const { id } = await loadExport(actor, input.id);
  const watch = watchOf(id);
  const first = await watch.current();
  opened.signal.throwIfAborted();
  const leaveSeat = takeSeat(actor);
  endAtShutdown();
  let forget = () => {};
  const stream = new Stream({ ...opened, exportId: id }, () => {
    forget();
    leaveSeat();
  });
  forget = watch.add({
    onProgress: (progress) => stream.progress(progress),
    onError: () => stream.end("unavailable"),
  });
  stream.progress(first);
  return stream.body;
}
