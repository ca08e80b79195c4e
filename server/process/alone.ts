import { resolve } from "node:path";
import { ensureBuilt } from "../build/build-app";
import type { Child } from "./child";
import { makeProgress } from "./progress";
import { makeShutdown } from "./shutdown";

interface Alone {
  name: string;
  /** Throws one error that names every missing or invalid variable. */
  checkEnv: () => void;
  start: () => Promise<Child>;
}

/** Runs web or worker alone with its output shown, building first if needed, and exits with its exit code. */
export async function runAlone({ name, checkEnv, start }: Alone): Promise<void> {
  const progress = makeProgress();
  const shutdown = makeShutdown((reason) => progress.say("Penstock", `ending ${name} (${reason})`));
  try {
    checkEnv();
    await ensureBuilt({ env: {}, logDir: resolve(".data", "logs"), progress });
    const child = await start();
    shutdown.before(() => child.stop("SIGTERM", 30_000));
    const exit = await child.exited;
    if (!shutdown.begun()) console.error(child.explain(exit));
    await shutdown.end(exit.code ?? 1);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    await shutdown.end(1);
  }
}
