import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { commandLine, isAlive } from "./processes";

/**
 * Does `work` while holding a lock file that names this process. Waits for another live holder, calling `waiting` once;
 * takes over a lock whose holder is gone.
 */
export async function withLock<T>(file: string, waiting: () => void, work: () => Promise<T>): Promise<T> {
  let told = false;
  while (!tryLock(file)) {
    if (!told) waiting();
    told = true;
    await pause(500);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** Takes the lock; returns whether this process holds it. */
export function tryLock(file: string): boolean {
  for (let attempt = 0; attempt < 2; attempt++) {
    if (claim(file)) return true;
    if (holder(file) !== undefined) return false;
    rmSync(file, { force: true });
  }
  return false;
}

// A link appears with its content, so that nobody reads an empty lock.
function claim(file: string): boolean {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

/** PID of the live holder of a lock file. Ignores a PID reused by a program that isn't Node or local. */
export function holder(file: string): number | undefined {
  const pid = Number(read(file));
  if (!pid || pid === process.pid || !isAlive(pid)) return undefined;
  return /\bnode\b|local\//.test(commandLine(pid)) ? pid : undefined;
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
