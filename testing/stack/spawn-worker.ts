import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startWorker } from "@/server/process/app-processes";
import type { Child } from "@/server/process/child";

/**
 * Starts another worker from the built bundle, with this environment on top of the current one. It ends with this
 * process at the latest. Errors contain the path of the file `log`.
 */
export function spawnWorker(
  env: Record<string, string>,
  log = join(process.env.PENSTOCK_LOG_DIR ?? tmpdir(), `worker-${randomUUID()}.log`),
): Promise<Child> {
  return startWorker({ env, log });
}
