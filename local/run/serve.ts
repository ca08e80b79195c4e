import { join } from "node:path";
import { startDevWorker, startWeb, startWorker } from "@/server/process/app-processes";
import type { Child } from "@/server/process/child";
import type { Progress } from "@/server/process/progress";
import { untilReady } from "../parts/until";
import type { Stack } from "../stack";

export type Mode = "start" | "dev";

interface ServeOptions {
  mode: Mode;
  stack: Stack;
  /** More environment for web and worker. */
  env?: Record<string, string>;
  progress: Progress;
  /** Gets web and worker as soon as they run, to be ended in time. */
  onStarted: (app: App) => void;
}

export interface App {
  /** Address of the web app. */
  web: string;
  /** Environment of web and worker on top of that of this process. */
  env: Record<string, string>;
  children: Child[];
  /** Starts web or worker again, in the order of `children`. */
  restarts: (() => Promise<Child>)[];
}

const HOST = "127.0.0.1";
const HEALTH_SECONDS = 120;

/** Starts web and worker on a stack and waits until the app says that all is well. Throws when it does not come to that. */
export async function startApp({ mode, stack, env: more, progress, onStarted }: ServeOptions): Promise<App> {
  const port = stack.ports.web;
  const local = `http://${HOST}:${port}`;
  const web = stack.env.APP_URL ?? local;
  const env = { ...stack.env, ...more };
  const log = (name: string) => (mode === "dev" ? "inherit" : join(stack.logDir, `${name}.log`));
  const restarts = [
    () => startWeb({ env, log: log("web"), host: HOST, port, mode }),
    () => (mode === "dev" ? startDevWorker : startWorker)({ env, log: log("worker") }),
  ];
  progress.say("App", "starting web and worker");
  const children = await Promise.all(restarts.map((start) => start()));
  const app = { web, env, children, restarts };
  onStarted(app);
  const [webChild] = children;
  if (webChild) await Promise.race([untilHealthy(webChild, local, HEALTH_SECONDS), firstToEnd(children)]);
  progress.say("App", "web and worker are well");
  return app;
}

/** Ends web and worker and resolves when they have ended. */
export async function endApp({ children }: App): Promise<void> {
  await Promise.all(children.map((child) => child.stop()));
}

// Rejects with the reason as soon as one of them ends.
async function firstToEnd(children: Child[]): Promise<never> {
  throw new Error(await Promise.race(children.map(async (child) => child.describe(await child.exited))));
}

interface Health {
  status: string;
  checks: Record<string, unknown>;
}

/** Waits until GET /api/health of the web app says ok for all its parts. Throws with what is not well. */
async function untilHealthy(web: Child, address: string, seconds: number): Promise<void> {
  await untilReady(web, seconds, async () => {
    const answer = await fetch(`${address}/api/health`, { signal: AbortSignal.timeout(20_000) });
    const health = (await answer.json()) as Health;
    if (health.status !== "ok") throw new Error(`${address}/api/health says ${JSON.stringify(health)}`);
  });
}
