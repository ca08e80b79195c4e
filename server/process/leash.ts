import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const GRACE_MS = 10_000;

const held = new Set<number>();
let reaper: ChildProcess | undefined;

/** Ensures that process group `pid` ends with this process, even if this one is killed. `pid` must be its leader. */
export function holdOnLeash(pid: number): void {
  held.add(pid);
  startLeash();
  reaper?.stdin?.write(`+${pid}\n`);
}

/** Releases an ended process, because its pid may be reused. */
export function letGo(pid: number): void {
  held.delete(pid);
  reaper?.stdin?.write(`-${pid}\n`);
}

/** Ends every process still on the leash, and waits for it. */
export async function endHeld(): Promise<void> {
  const deadline = Date.now() + GRACE_MS;
  for (const pid of held) signalGroup(pid, "SIGINT");
  while (held.size > 0 && Date.now() < deadline) await pause(50);
  for (const pid of held) signalGroup(pid, "SIGKILL");
}

/** Starts the process that ends the others after this one; returns its pid. */
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
  // In its own group, so that a terminal's Ctrl-C does not reach it.
  const child = spawn(process.execPath, [script], { stdio: ["pipe", "ignore", "ignore"], detached: true });
  child.unref();
  const stdin = child.stdin as (typeof child.stdin & { unref?: () => void }) | null;
  stdin?.unref?.();
  stdin?.on("error", () => {});
  return child;
}
