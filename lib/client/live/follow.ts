import { isIdle } from "@/lib/fields/idle";
import type { Progress } from "@/lib/schemas/progress";
import type { ServerEvent } from "./read-events";

/** Times in ms. The server sends every 2 s; what stays away longer is held up by something in between. */
export const WAITS = {
  silence: 8_000,
  poll: 2_000,
  /** After a failed stream, until the next. */
  retry: 60_000,
  /** Once nothing runs, until it is looked at again if the page still takes something to run. */
  again: 10_000,
};

export interface Source {
  /** Opens the stream. Throws if there is none. */
  stream(signal: AbortSignal): AsyncIterable<ServerEvent>;
  /** Asks once. */
  ask(signal: AbortSignal): Promise<Progress>;
}

interface Follower {
  onProgress(progress: Progress): void;
  /** Nothing runs anymore. */
  onIdle(): void;
}

/** Follows progress by a stream until `signal` aborts; by polling while a stream doesn't work. Never throws. */
export async function follow(source: Source, follower: Follower, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const streamed = await byStream(source, follower, signal);
    const how = streamed === "failed" ? await byPolling(source, follower, signal) : streamed;
    if (signal.aborted) return;
    if (how === "idle") follower.onIdle();
    // A new server needs a moment; and what ends must not begin again at once, over and over.
    await wait(how === "idle" ? WAITS.again : WAITS.poll, signal);
  }
}

/** `again`: the server ends, and another one takes over. */
type Streamed = "idle" | "again" | "failed";

async function byStream(source: Source, { onProgress }: Follower, signal: AbortSignal): Promise<Streamed> {
  const silent = new AbortController();
  const listen = () => setTimeout(() => silent.abort(), WAITS.silence);
  let timer = listen();
  try {
    for await (const { name, data } of source.stream(AbortSignal.any([signal, silent.signal]))) {
      clearTimeout(timer);
      timer = listen();
      if (name === "progress") onProgress(JSON.parse(data) as Progress);
      if (name === "end") return endOf((JSON.parse(data) as { reason: string }).reason);
    }
  } catch {
    // Polling tells the page why, if there is a reason.
  } finally {
    clearTimeout(timer);
  }
  return "failed";
}

const endOf = (reason: string): Streamed => (reason === "idle" ? "idle" : reason === "shutdown" ? "again" : "failed");

async function byPolling(source: Source, { onProgress }: Follower, signal: AbortSignal): Promise<"idle" | "again"> {
  const until = performance.now() + WAITS.retry;
  while (!signal.aborted && performance.now() < until) {
    const progress = await source.ask(signal).catch(() => null);
    if (signal.aborted) break;
    if (progress) onProgress(progress);
    if (progress && isIdle(progress)) return "idle";
    await wait(WAITS.poll, signal);
  }
  return "again";
}

const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
