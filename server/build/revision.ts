import { spawnSync } from "node:child_process";

/** The commit to build: PENSTOCK_REVISION, otherwise Git's; empty if neither knows. */
export function currentRevision(env: Record<string, string | undefined>): string {
  if (env.PENSTOCK_REVISION) return env.PENSTOCK_REVISION;
  const { status, stdout } = spawnSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : "";
}
