import { setTimeout as pause } from "node:timers/promises";
import type { Child } from "@/server/process/child";

/** A server that did not become ready. The message has the end of its log; `plain` only says what happened. */
export class NotReady extends Error {
  constructor(
    message: string,
    readonly plain: string,
  ) {
    super(message);
  }
}

/** What an error says, without the end of a log. */
export function plainly(error: unknown): string {
  if (error instanceof NotReady) return error.plain;
  return error instanceof Error ? error.message : String(error);
}

/**
 * Waits until `ready` succeeds. Throws with the end of the log if the child ends; after `seconds`, ends the child and
 * throws the last error. A `ready` that hangs, because another program listens there, holds up neither.
 */
export async function untilReady<T>(child: Child, seconds: number, ready: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  const waiting = new AbortController();
  const ended = child.exited.then((exit) => {
    throw new NotReady(child.describe(exit), child.explain(exit));
  });
  const late = pause(seconds * 1000, undefined, { signal: waiting.signal }).then(() => {
    throw new Error("there was no response");
  });
  // Each is awaited only while the other is not first.
  for (const promise of [ended, late]) promise.catch(() => {});
  try {
    for (;;) {
      try {
        return await Promise.race([ready(), ended, late]);
      } catch (error) {
        if (error instanceof NotReady) throw error;
        if (Date.now() >= deadline) {
          await child.stop();
          throw new Error(`${child.name} didn't respond within ${seconds} s: ${(error as Error).message}`);
        }
      }
      await Promise.race([pause(50), ended]);
    }
  } finally {
    waiting.abort();
  }
}
