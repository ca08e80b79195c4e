import { spawnSync } from "node:child_process";
import { readdirSync, readlinkSync } from "node:fs";

/** The command line of a process; empty if it doesn't exist. */
export function commandLine(pid: number): string {
  const ps = spawnSync("ps", ["-ww", "-o", "args=", "-p", String(pid)], { encoding: "utf8" });
  return ps.status === 0 ? ps.stdout.trim() : "";
}

/** Whether a process with this id exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Ids of the processes whose current folder this is; empty where the system doesn't say, as on macOS. */
export function workingIn(folder: string): number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name) && folderOf(name) === folder)
      .map(Number);
  } catch {
    return [];
  }
}

/** Sends a signal; false if the process has ended. A negative id is that of a process group. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

function folderOf(pid: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}
