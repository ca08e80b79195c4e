import type { ChildProcess } from "node:child_process";
import { PING, PONG } from "@/lib/pings";
import { SECOND } from "@/lib/units";

/** Pings without an answer after which a process counts as frozen; more until its first answer, because it still loads. */
const PATIENCE = 10;
const PATIENCE_AT_START = 120;

/** How long a process may not answer before it counts as frozen, in seconds. */
export const FROZEN_SECONDS = PATIENCE;

/**
 * Pings a process every second, and calls `frozen` when it no longer answers: it was stopped, or its event loop hangs. Counts
 * pings instead of reading a clock, so that a machine that was asleep doesn't look like a frozen process.
 */
export function watch(child: ChildProcess, frozen: () => void, everyMs = SECOND): void {
  let unanswered = 0;
  let patience = PATIENCE_AT_START;
  child.on("message", (message) => {
    if (message !== PONG) return;
    unanswered = 0;
    patience = PATIENCE;
  });
  const timer = setInterval(() => {
    if (++unanswered > patience) {
      clearInterval(timer);
      frozen();
    } else if (child.connected) child.send(PING, () => {});
  }, everyMs);
  timer.unref();
  child.once("exit", () => clearInterval(timer));
}
