import { resolve } from "node:path";
import { ensureBuilt } from "./build/build-app";
import { makeProgress } from "./process/progress";
import { makeShutdown } from "./process/shutdown";

/** Builds web and worker for production, whether or not anything changed. */
async function main(): Promise<void> {
  const progress = makeProgress();
  const shutdown = makeShutdown(
    () => {},
    () => 130,
  );
  try {
    await ensureBuilt({ env: {}, logDir: resolve(".data", "logs"), progress, force: true });
    await shutdown.end(0);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    await shutdown.end(1);
  }
}

void main();
