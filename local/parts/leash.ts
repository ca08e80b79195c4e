import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

let reaper: ChildProcess | undefined;

/**
 * Makes sure that the process group of this pid ends with this process, even when this process is killed outright.
 * The process must be the leader of its own group.
 */
export function holdOnLeash(pid: number): void {
  reaper ??= startReaper();
  reaper.stdin?.write(`+${pid}\n`);
}

/** Takes a process that has ended off the leash, so that its pid may be used again by others. */
export function letGo(pid: number): void {
  reaper?.stdin?.write(`-${pid}\n`);
}

/** Process id of the one that ends the children, once there are any. */
export function reaperPid(): number | undefined {
  return reaper?.pid;
}

function startReaper(): ChildProcess {
  const script = fileURLToPath(new URL("./reaper.mjs", import.meta.url));
  // In a group of its own, so that Ctrl-C in a terminal does not reach it.
  const child = spawn(process.execPath, [script], { stdio: ["pipe", "ignore", "ignore"], detached: true });
  child.unref();
  const stdin = child.stdin as (typeof child.stdin & { unref?: () => void }) | null;
  stdin?.unref?.();
  stdin?.on("error", () => {});
  return child;
}
