import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { cacheRoot } from "@/local/parts/cached-build";
import { runCommand } from "@/testing/stack/run-command";

/** Why an image can't be built here; null if it can. */
export function whyNot(): string | null {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return "needs root on Linux";
  const missing = ["buildah", "debootstrap", "unshare"].filter((command) => spawnSync("which", [command]).status !== 0);
  return missing.length > 0 ? `needs ${missing.join(" and ")}` : null;
}

const STORE = join(cacheRoot(), "buildah");

/** Runs buildah on a store of the tests' own, without a daemon. Throws with its output unless it succeeds. */
export async function buildah(...args: string[]): Promise<string> {
  mkdirSync(STORE, { recursive: true });
  const folders = ["--root", join(STORE, "root"), "--runroot", join(STORE, "run"), "--storage-driver", "vfs"];
  return must("buildah", [...folders, ...args]);
}

/** The output of a command. Throws with it unless the command succeeds. */
export async function must(command: string, args: string[]): Promise<string> {
  const { code, output } = await runCommand(command, args);
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with code ${code}:\n${output.slice(-4000)}`);
  return output.trim();
}
