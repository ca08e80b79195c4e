import { join, resolve } from "node:path";
import { shutdownMs } from "@/lib/env/shutdown-grace";
import { type Child, startChild } from "./child";
import { webCommand, webEnv, workerCommand } from "./commands";

export interface AppProcessOptions {
  env: Record<string, string | undefined>;
  /** File for the output, or "inherit". */
  log: string;
  /** Whether to end the process when it no longer responds. */
  watched?: boolean;
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

/** Starts the web app; it responds a moment later. */
export function startWeb({ env, log, watched, host, port, mode }: WebOptions): Promise<Child> {
  const all = { ...process.env, ...env };
  const command =
    mode === "dev"
      ? {
          args: [resolve(NEXT), "dev", "-H", host, "-p", String(port)],
          env: { ...all, NODE_ENV: undefined, ...webEnv({ host, port }) },
        }
      : webCommand(distDir(all), all, { host, port });
  const answersPings = watched === true && mode === "start";
  return startChild({ name: "The web app", command: process.execPath, ...command, log, answersPings, graceMs: 30_000 });
}

/** Starts a worker from its bundle. */
export function startWorker({ env, log, watched = false }: AppProcessOptions): Promise<Child> {
  const all = { ...process.env, ...env };
  const command = workerCommand(distDir(all), all);
  const options = { command: process.execPath, ...command, log, answersPings: watched, graceMs: shutdownMs(all) };
  return startChild({ name: "The worker", ...options });
}

/** Starts a worker from its sources; restarts whenever they change. */
export function startDevWorker({ env, log }: AppProcessOptions): Promise<Child> {
  return startChild({
    name: "The worker",
    command: process.execPath,
    args: [resolve(TSX), "watch", "--clear-screen=false", "worker/main.ts"],
    env: { ...process.env, ...env },
    log,
    graceMs: shutdownMs({ ...process.env, ...env }),
  });
}
