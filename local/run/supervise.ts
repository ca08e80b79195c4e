import { setTimeout as pause } from "node:timers/promises";
import { MINUTE } from "@/lib/units";
import type { Child } from "@/server/process/child";
import type { Progress } from "@/server/process/progress";

const MOST_RESTARTS = 5;
const WITHIN_MS = MINUTE;
const PAUSE_MS = 1000;

/**
 * Restarts a process whenever it ends by itself. After several ends within a minute, gives up and calls `failed` with
 * the reason. Returns a function to stop it.
 */
export function supervise(
  first: Child,
  restart: () => Promise<Child>,
  progress: Progress,
  failed: (why: string) => void,
): () => Promise<void> {
  let child = first;
  let stopping = false;
  const ends: number[] = [];
  const watch = async () => {
    for (;;) {
      const why = child.describe(await child.exited);
      if (stopping) return;
      const now = Date.now();
      ends.push(now);
      if (ends.filter((at) => now - at < WITHIN_MS).length > MOST_RESTARTS) return failed(why);
      progress.say("Penstock", `${why}\nStarting it again.`);
      await pause(PAUSE_MS);
      if (stopping) return;
      child = await restart();
    }
  };
  watch().catch((error: Error) => failed(error.message));
  return async () => {
    stopping = true;
    await child.stop();
  };
}
