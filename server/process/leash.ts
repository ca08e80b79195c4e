import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const GRACE_MS = 10_000;

const held = new Set<number>();
let reaper: ChildProcess | undefined;

/**
 * Makes sure that the process group of this pid ends with this process, even when this process is killed outright.
 * The process must be the leader of its own group.
 */
export function holdOnLeash(pid: number): void {
  held.add(pid);
  startLeash();
  reaper?.stdin?.write(`+${pid}\n`);
}

/** Takes a process that has ended off the leash, so that its pid may be used again by others. */
export function letGo(pid: number): void {
  held.delete(pid);
  reaper?.stdin?.write(`-${pid}\n`);
}

/** Ends every process that is still on the leash, and waits for it. */
export async function endHeld(): Promise<void> {
  const deadline = Date.now() + GRACE_MS;
  for (const pid of held) signalGroup(pid, "SIGINT");
  while (held.size > 0 && Date.now() < deadline) await pause(50);
  for (const pid of held) signalGroup(pid, "SIGKILL");
}

/** Starts the process that ends the others after this one; returns its id. */
export function startLeash(): number | undefined {
  reaper ??= startReaper();
  return reaper.pid;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    held.delete(pid);
  }
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
