import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { commandLine, signal } from "@/server/process/processes";
import { writePrivate } from "./keys";

interface Noted {
  pid: number;
  /** Its command line: another process may get the same id later. */
  command: string;
}

const GRACE_MS = 10_000;
const fileIn = (dataDir: string) => join(dataDir, "processes.json");

/** Notes a process of a data folder, for a start after this one is killed. */
export function noteProcess(dataDir: string, name: string, pid: number): void {
  const all = { ...read(dataDir), [name]: { pid, command: commandLine(pid) } };
  writePrivate(fileIn(dataDir), `${JSON.stringify(all, null, 2)}\n`);
}

/**
 * Ends the processes that a killed start left behind: they hold their ports, and two servers must not write to the same
 * files. They have no owner, because the folder's lock shows that no other start is alive.
 */
export async function endLeftovers(dataDir: string): Promise<void> {
  const noted = Object.values(read(dataDir));
  await Promise.all(noted.map(({ pid, command }) => endWhile(pid, (current) => current === command)));
}

/** Ends a process as long as its command line is `wanted`: SIGINT, which all parts know, then SIGKILL. */
export async function endWhile(pid: number, wanted: (command: string) => boolean): Promise<void> {
  const deadline = Date.now() + GRACE_MS;
  for (let command = commandLine(pid); command && wanted(command); command = commandLine(pid)) {
    signal(pid, Date.now() > deadline ? "SIGKILL" : "SIGINT");
    await pause(200);
  }
}

function read(dataDir: string): Record<string, Noted> {
  try {
    return JSON.parse(readFileSync(fileIn(dataDir), "utf8")) as Record<string, Noted>;
  } catch {
    return {};
  }
}
