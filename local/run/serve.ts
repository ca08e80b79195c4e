import { join } from "node:path";
import { BASE_PATH } from "@/lib/base-path";
import { startDevWorker, startWeb, startWorker } from "@/server/process/app-processes";
import type { Child } from "@/server/process/child";
import type { Progress } from "@/server/process/progress";
import { untilReady } from "../parts/until";
import type { Stack } from "../stack";
import type { Supervised } from "./supervise";

export type Mode = "start" | "dev";

interface ServeOptions {
  mode: Mode;
  stack: Stack;
  /** Additional environment for web and worker. */
  env?: Record<string, string>;
  /** Whether to end a process that no longer responds. */
  watched?: boolean;
  progress: Progress;
  /** Receives web and worker once they run, to end them in time. */
  onStarted: (app: App) => void;
}

export interface App {
  /** URL of the web app. */
  web: string;
  /** Environment of web and worker in addition to this process's. */
  env: Record<string, string>;
  children: Child[];
  /** Web and worker, to be started again when they end. */
  parts: Supervised[];
}

const HOST = "127.0.0.1";
const HEALTH_SECONDS = 120;

/** Starts web and worker on a stack and waits until the app is healthy. Throws if it doesn't become healthy. */
export async function startApp({
  mode,
  stack,
  env: more,
  watched = false,
  progress,
  onStarted,
}: ServeOptions): Promise<App> {
  const port = stack.ports.web;
  const local = `http://${HOST}:${port}${BASE_PATH}`;
  const web = stack.env.APP_URL ?? local;
  const env = { ...stack.env, ...more };
  const log = (name: string) => (mode === "dev" ? "inherit" : join(stack.logDir, `${name}.log`));
  const starts = [
    () => startWeb({ env, log: log("web"), watched, host: HOST, port, mode }),
    () => (mode === "dev" ? startDevWorker : startWorker)({ env, log: log("worker"), watched }),
  ].map((start) => async () => {
    const child = await start();
    stack.note(child.name, child.pid);
    return child;
  });
  progress.say("App", "starting web and worker");
  const children = await Promise.all(starts.map((start) => start()));
  const parts = starts.map((start, index) => supervised(children, index, start));
  const app = { web, env, children, parts };
  onStarted(app);
  const [webChild] = children;
  if (webChild) await Promise.race([untilHealthy(webChild, local, HEALTH_SECONDS), firstToEnd(children)]);
  progress.say("App", "web and worker are healthy");
  return app;
}

function supervised(children: Child[], index: number, start: () => Promise<Child>): Supervised {
  const child = () => children[index]!;
  return {
    name: child().name,
    ended: async () => child().explain(await child().exited),
    restart: async () => {
      children[index] = await start();
    },
  };
}

/** Ends web and worker; resolves when both have ended. */
export async function endApp({ children }: App): Promise<void> {
  await Promise.all(children.map((child) => child.stop()));
}

// Rejects with the reason when the first of them ends.
async function firstToEnd(children: Child[]): Promise<never> {
  throw new Error(await Promise.race(children.map(async (child) => child.describe(await child.exited))));
}

interface Health {
  status: string;
  checks: Record<string, unknown>;
}

/** Waits until the web app's GET /api/health reports ok for all parts. Throws with what is unhealthy. */
async function untilHealthy(web: Child, address: string, seconds: number): Promise<void> {
  await untilReady(web, seconds, async () => {
    const answer = await fetch(`${address}/api/health`, { signal: AbortSignal.timeout(20_000) });
    const health = (await answer.json()) as Health;
    if (health.status !== "ok") throw new Error(`${address}/api/health responds with ${JSON.stringify(health)}`);
  });
}
