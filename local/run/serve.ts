import { join } from "node:path";
import { BASE_PATH } from "@/lib/base-path";
import { startDevWorker, startWeb, startWorker } from "@/server/process/app-processes";
import type { Child } from "@/server/process/child";
import type { Progress } from "@/server/process/progress";
import { untilReady } from "../parts/until";
import type { Stack } from "../stack";

export type Mode = "start" | "dev";

interface ServeOptions {
  mode: Mode;
  stack: Stack;
  /** Additional environment for web and worker. */
  env?: Record<string, string>;
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
  /** Restarts web or worker, in the order of `children`. */
  restarts: (() => Promise<Child>)[];
}

const HOST = "127.0.0.1";
const HEALTH_SECONDS = 120;

/** Starts web and worker on a stack and waits until the app is healthy. Throws if it doesn't become healthy. */
export async function startApp({ mode, stack, env: more, progress, onStarted }: ServeOptions): Promise<App> {
  const port = stack.ports.web;
  const local = `http://${HOST}:${port}${BASE_PATH}`;
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
    if (health.status !== "ok") throw new Error(`${address}/api/health says ${JSON.stringify(health)}`);
  });
}
