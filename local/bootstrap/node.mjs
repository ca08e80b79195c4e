import { spawnSync } from "node:child_process";
import { join } from "node:path";

const OLDEST = 22;

/**
 * Path of a Node that can run Penstock: the one npm installed as an optional package, otherwise the running one. Throws
 * with instructions if both are too old.
 */
export function findNode(root) {
  const installed = join(root, "node_modules", ".bin", "node");
  const version = spawnSync(installed, ["--version"], { encoding: "utf8" });
  if (version.status === 0 && major(version.stdout) >= OLDEST) return installed;
  if (major(process.version) >= OLDEST) return process.execPath;
  throw new Error(
    `Penstock needs Node ${OLDEST} or newer, this is ${process.version}, and npm has no Node package for ` +
      `${process.platform}-${process.arch}. Install Node 24 from https://nodejs.org and start again.`,
  );
}

function major(version) {
  return Number(/^v(\d+)/.exec(version)?.[1] ?? 0);
}
