import { setTimeout as pause } from "node:timers/promises";
import type { Child } from "@/server/process/child";

/**
 * Waits until `ready` succeeds. Throws with the end of the log if the child ends, or the last error after `seconds`.
 */
export async function untilReady<T>(child: Child, seconds: number, ready: () => Promise<T>): Promise<T> {
  let ended: string | undefined;
  void child.exited.then((exit) => {
    ended = child.describe(exit);
  });
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await ready();
    } catch (error) {
      if (ended) throw new Error(ended);
      if (Date.now() > deadline) {
        throw new Error(`${child.name} does not answer after ${seconds} s: ${(error as Error).message}`);
      }
    }
    await pause(50);
  }
}
