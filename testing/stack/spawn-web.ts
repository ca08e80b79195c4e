import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "@/local/parts/ports";
import { untilReady } from "@/local/parts/until";
import { startWeb } from "@/server/process/app-processes";
import type { Child } from "@/server/process/child";

export interface SpawnedWeb extends Child {
  web: string;
}

const HOST = "127.0.0.1";
const READY_SECONDS = 60;

/**
 * Starts another web app from the build, with this environment on top of the current one, and waits until it responds.
 * It ends with this process at the latest. Errors contain the path of the file `log`.
 */
export async function spawnWeb(
  env: Record<string, string>,
  log = join(process.env.PENSTOCK_LOG_DIR ?? tmpdir(), `web-${randomUUID()}.log`),
  host = HOST,
): Promise<SpawnedWeb> {
  const { web: port } = await freePorts();
  const web = `http://${HOST}:${port}`;
  const child = await startWeb({ env: { APP_URL: web, ...env }, log, host, port, mode: "start" });
  await untilReady(child, READY_SECONDS, () => fetch(`${web}/api/openapi.json`));
  return { ...child, web };
}
