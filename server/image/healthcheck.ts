import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { BASE_PATH } from "@/lib/base-path";
import { EVERYWHERE, ownAddress } from "@/lib/net/listen";

const DIST = dirname(fileURLToPath(import.meta.url));
const TIMEOUT_MS = 5000;

/**
 * The image's HEALTHCHECK. Of the web app, it asks `/api/ready`; of a worker, the probe at WORKER_PROBE_PORT. Without
 * that, it only sees that the worker's process is there. Neither asks ClickHouse or Temporal.
 */
async function main(): Promise<void> {
  const { PORT, WORKER_PROBE_PORT } = process.env;
  if (runs("web.mjs")) return ask(PORT || "3000", `${BASE_PATH}/api/ready`);
  if (!runs("worker.mjs")) throw new Error("Neither the web app nor a worker is running.");
  if (WORKER_PROBE_PORT) await ask(WORKER_PROBE_PORT, "/live");
}

async function ask(port: string, path: string): Promise<void> {
  const address = `http://${ownAddress(process.env.HOST || EVERYWHERE)}:${port}${path}`;
  const { status } = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (status !== 200) throw new Error(`${path} responds with ${status}.`);
}

/** Whether a process runs this file of the bundle. */
function runs(file: string): boolean {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return processes.some((id) => argumentsOf(id).includes(join(DIST, file)));
}

function argumentsOf(id: string): string[] {
  try {
    return readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0");
  } catch {
    return [];
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
