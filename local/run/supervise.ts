import { setTimeout as pause } from "node:timers/promises";
import { MINUTE, SECOND } from "@/lib/units";
import type { Progress } from "@/server/process/progress";
import { plainly } from "../parts/until";
import { MOST_RESTARTS, pauseAfter, WITHIN_MS } from "./restart-policy";

/** A process that is started again when it ends by itself. */
export interface Supervised {
  /** Its display name, like "PostgreSQL". */
  name: string;
  /** Resolves with what happened, in plain words, when the running process ends. */
  ended(): Promise<string>;
  /** Starts it again; resolves when it is ready. Throws with the reason if it isn't. */
  restart(): Promise<void>;
}

export interface Supervision {
  /** Leaves the process to itself. */
  stop(): void;
  /** Resolves when the process runs: at once, unless it is being started again. */
  running(): Promise<void>;
}

interface Reports {
  progress: Progress;
  /** Receives the reason when it failed too often. */
  failed(why: string): void;
  pauseMs?: typeof pauseAfter;
}

/** Starts a process again, after growing pauses, whenever it ends by itself, until it has failed too often. */
export function supervise(it: Supervised, { progress, failed, pauseMs = pauseAfter }: Reports): Supervision {
  const stopping = new AbortController();
  const { signal } = stopping;
  const failures: number[] = [];
  let running = Promise.resolve();

  /** Starts it again; false if it was left to itself, or failed too often. */
  const recover = async (reason: string): Promise<boolean> => {
    for (let why = reason; !signal.aborted; ) {
      failures.push(Date.now());
      const wait = pauseMs(failures);
      if (wait === null) {
        failed(gaveUp(why));
        return false;
      }
      progress.say("Penstock", why);
      progress.say(it.name, `starting again in ${wait / SECOND} s`);
      await pause(wait, undefined, { signal }).catch(() => {});
      if (signal.aborted) return false;
      try {
        await it.restart();
        progress.say(it.name, "running again");
        return true;
      } catch (error) {
        why = `${it.name} didn't start again. ${plainly(error)}`;
      }
    }
    return false;
  };

  const watch = async () => {
    for (;;) {
      const why = await it.ended();
      if (signal.aborted) return;
      const recovered = recover(why);
      running = recovered.then(() => {});
      if (!(await recovered)) return;
    }
  };
  void watch();
  return { stop: () => stopping.abort(), running: () => running };
}

/**
 * Supervises servers and the processes that use them. A process that ends while a server is down waits for it, so that
 * it doesn't fail again and again. Returns a function that leaves them all to themselves.
 */
export function superviseAll(servers: Supervised[], users: Supervised[], reports: Reports): () => void {
  const below = servers.map((it) => supervise(it, reports));
  const above = users.map((it) => {
    const restart = async () => {
      await Promise.all(below.map((server) => server.running()));
      await it.restart();
    };
    return supervise({ ...it, restart }, reports);
  });
  return () => {
    for (const supervision of [...above, ...below]) supervision.stop();
  };
}

const gaveUp = (why: string) =>
  `${why}\nThat was more than ${MOST_RESTARTS} failures within ${WITHIN_MS / MINUTE} minutes, so Penstock stopped. All data is ` +
  "kept. Fix the cause and start again.";
