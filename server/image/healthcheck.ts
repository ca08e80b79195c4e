import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const DIST = dirname(fileURLToPath(import.meta.url));
const TIMEOUT_MS = 5000;

/**
 * The image's HEALTHCHECK. Of the web app, it asks `/api/health`. Of a worker, it only sees that the process is there,
 * because a worker listens on nothing; whether workers take tasks is in the web app's `/api/health`.
 */
async function main(): Promise<void> {
  if (runs("worker.mjs")) return;
  if (!runs("web.mjs")) throw new Error("Neither the web app nor a worker is running.");
  const { status } = await fetch(address(), { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (status !== 200) throw new Error(`/api/health answers ${status}.`);
}

function address(): string {
  const host = process.env.HOST || "0.0.0.0";
  return `http://${["0.0.0.0", "::"].includes(host) ? "127.0.0.1" : host}:${process.env.PORT || 3000}/api/health`;
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
