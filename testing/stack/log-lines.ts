import { readFileSync } from "node:fs";

/** The JSON lines of a process's log; other output is left out. */
export const logLines = (file: string): Record<string, unknown>[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
