import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { BASE_PATH, requireBasePath } from "@/lib/base-path";
import { distDir } from "../process/app-processes";
import { startChild } from "../process/child";
import { withLock } from "../process/lock";
import { nextDir } from "../process/next-dir";
import type { Progress } from "../process/progress";
import { bundleImage } from "./bundle-image";
import { bundleWebServer } from "./bundle-web";
import { bundleWorker } from "./bundle-worker";
import { compressStatic } from "./compress-static";
import { inputsHash } from "./inputs";
import { currentRevision } from "./revision";

interface BuildOptions {
  /** Source of NEXT_DIST_DIR and PENSTOCK_DIST_DIR, and passed to the build. */
  env: Record<string, string | undefined>;
  logDir: string;
  progress: Progress;
  /** Build even when nothing changed. */
  force?: boolean;
}

const PART = "Build";
const STAMP = "penstock-inputs";

/**
 * Builds web and worker for production unless the last build used the same sources. Of concurrent callers, one builds.
 * Throws with the end of the build's log.
 */
export async function ensureBuilt({ env, logDir, progress, force = false }: BuildOptions): Promise<void> {
  requireBasePath(BASE_PATH);
  const all = { ...process.env, ...env };
  const [next, dist] = [nextDir(all), distDir(all)];
  await mkdir(dist, { recursive: true });
  const waiting = () => progress.say(PART, "waiting for another process that is building");
  await withLock(join(dist, "lock"), waiting, async () => {
    const stamp = join(dist, STAMP);
    const wanted = `${await inputsHash(".")} ${next} ${BASE_PATH}\n`;
    const outputs = [
      join(next, "BUILD_ID"),
      ...["web.mjs", "worker.mjs", "workflows.js", "penstock.mjs"].map((file) => join(dist, file)),
    ];
    const stamped = await readFile(stamp, "utf8").catch(() => "");
    if (!force && stamped === wanted && outputs.every((file) => existsSync(file))) {
      progress.say(PART, "nothing changed since the last build");
      return;
    }
    progress.say(PART, "building web and worker for production, about a minute");
    const started = Date.now();
    await rm(stamp, { force: true });
    await Promise.all([bundleWorker(dist), bundleWebServer(dist), bundleImage(dist)]);
    await buildWeb(all, logDir, progress);
    await compressStatic(next);
    await writeFile(stamp, wanted);
    progress.say(PART, `built in ${Math.round((Date.now() - started) / 1000)} s`);
  });
}

async function buildWeb(env: Record<string, string | undefined>, logDir: string, progress: Progress): Promise<void> {
  const child = await startChild({
    name: "The build of the web app",
    command: process.execPath,
    args: [resolve("node_modules", "next", "dist", "bin", "next"), "build"],
    env: {
      ...env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      PENSTOCK_REVISION: currentRevision(env),
    },
    log: join(logDir, "build.log"),
  });
  const stopWaiting = progress.wait(PART, (seconds) => `building, ${seconds} s`);
  const exit = await child.exited;
  stopWaiting();
  if (exit.code !== 0) throw new Error(child.describe(exit));
}
