import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Node 22.15 is the first with zstd; of the releases since, only those with long-term support count. */
export function isSupported(version) {
  const [, major = 0, minor = 0] = /^v(\d+)\.(\d+)/.exec(version)?.map(Number) ?? [];
  return major >= 24 || (major === 22 && minor >= 15);
}

/**
 * Path of a Node that can run Penstock: the one npm installed as an optional package, otherwise the running one. Throws
 * with instructions if both are too old.
 */
export function findNode(root) {
  const installed = join(root, "node_modules", ".bin", "node");
  const version = spawnSync(installed, ["--version"], { encoding: "utf8" });
  if (version.status === 0 && isSupported(version.stdout)) return installed;
  if (isSupported(process.version)) return process.execPath;
  throw new Error(
    `Penstock needs Node.js 22.15, or 24 or newer. This is ${process.version}, and npm has no Node.js package for ` +
      `${process.platform}-${process.arch}. Install Node 24 from https://nodejs.org and start again.`,
  );
}
