import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";

const FOLDER = "bench/results";

/** Where and when a bench ran. */
export interface Machine {
  commit: string;
  startedAt: string;
  processor: string;
  cores: number;
  memoryGb: number;
  /** Over the 1, 5, and 15 minutes before the bench. */
  loadAverage: number[];
}

export const machine = (): Machine => ({
  commit: execFileSync("git", ["describe", "--always", "--dirty"], { encoding: "utf8" }).trim(),
  startedAt: new Date().toISOString(),
  processor: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 1e9),
  loadAverage: loadavg().map((value) => Number(value.toFixed(2))),
});

/** Adds a bench's results to the day's file. Returns the file's path. */
export function writeResults(kind: string, on: Machine, found: object): string {
  mkdirSync(FOLDER, { recursive: true });
  const file = `${FOLDER}/${on.startedAt.slice(0, 10)}.json`;
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as object[]) : [];
  writeFileSync(file, `${JSON.stringify([...before, { kind, machine: on, ...found }], null, 2)}\n`);
  return file;
}
