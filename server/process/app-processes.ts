import { join, resolve } from "node:path";
import { type Child, startChild } from "./child";

export interface AppProcessOptions {
  env: Record<string, string | undefined>;
  /** File for the output, or "inherit". */
  log: string;
}

interface WebOptions extends AppProcessOptions {
  host: string;
  port: number;
  /** "dev" compiles pages on request, with Next's own server; "start" serves the production build with ours. */
  mode: "start" | "dev";
}

const NEXT = join("node_modules", "next", "dist", "bin", "next");
const TSX = join("node_modules", "tsx", "dist", "cli.mjs");

/** Folder of the worker and web server bundles: PENSTOCK_DIST_DIR or dist. */
export function distDir(env: Record<string, string | undefined> = process.env): string {
  return resolve(env.PENSTOCK_DIST_DIR || "dist");
}

/** Folder of Next's build: NEXT_DIST_DIR or .next. */
export function nextDir(env: Record<string, string | undefined> = process.env): string {
  return resolve(env.NEXT_DIST_DIR || ".next");
}

/** Starts the web app; it responds a moment later. */
export function startWeb({ env, log, host, port, mode }: WebOptions): Promise<Child> {
  const all = { ...process.env, ...env };
  const isDev = mode === "dev";
  const address = { HOST: host, PORT: String(port), NEXT_TELEMETRY_DISABLED: "1" };
  return startChild({
    name: "The web app",
    command: process.execPath,
    args: isDev
      ? [resolve(NEXT), "dev", "-H", host, "-p", String(port)]
      : ["--enable-source-maps", join(distDir(all), "web.mjs")],
    env: { ...all, NODE_ENV: isDev ? undefined : "production", ...address },
    log,
  });
}

/**
 * Files stream through short-lived buffers outside the heap. Frequent collections of a small young generation free them
 * at once; otherwise they accumulate until a full collection, which costs twice the processor time. A smaller one would
 * promote the leftovers of requests for small objects to the full collections. Few arenas keep freed memory together.
 */
const STREAMING = ["--max-semi-space-size=4", "--min-semi-space-size=4", "--single-threaded-gc"];
const FEW_ARENAS = { MALLOC_ARENA_MAX: "2" };

/** Source maps for our own stack traces. `--enable-source-maps` also keeps every package's, 18 MB of heap. */
const OWN_MAPS =
  'import { setSourceMapsSupport } from "node:module"; setSourceMapsSupport(true, { nodeModules: false });';
const WITH_OWN_MAPS = ["--import", `data:text/javascript,${encodeURIComponent(OWN_MAPS)}`];

/** Starts a worker from its bundle. */
export function startWorker({ env, log }: AppProcessOptions): Promise<Child> {
  const all = { ...process.env, ...env };
  return startChild({
    name: "The worker",
    command: process.execPath,
    args: [...WITH_OWN_MAPS, ...STREAMING, join(distDir(all), "worker.mjs")],
    env: { ...FEW_ARENAS, ...all, NODE_ENV: "production" },
    log,
  });
}

/** Starts a worker from its sources; restarts whenever they change. */
export function startDevWorker({ env, log }: AppProcessOptions): Promise<Child> {
  return startChild({
    name: "The worker",
    command: process.execPath,
    args: [resolve(TSX), "watch", "--clear-screen=false", "worker/main.ts"],
    env: { ...process.env, ...env },
    log,
  });
}
