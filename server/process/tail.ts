import { closeSync, fstatSync, openSync, readSync } from "node:fs";

const WINDOW_BYTES = 16_384;

/** A process's part of a log: what follows the first `from` bytes of the file. */
export interface Log {
  file: string;
  from: number;
}

/** The last lines of a log, indented for a message; empty when the file is missing or has no more. */
export function tail({ file, from }: Log, lines: number): string {
  try {
    const fd = openSync(file, "r");
    try {
      const { size } = fstatSync(fd);
      const buffer = Buffer.alloc(Math.max(0, Math.min(size - from, WINDOW_BYTES)));
      readSync(fd, buffer, 0, buffer.length, size - buffer.length);
      return lastLines(buffer.toString("utf8"), lines);
    } finally {
      closeSync(fd);
    }
  } catch {
    return "";
  }
}

function lastLines(text: string, lines: number): string {
  const all = text.trimEnd().split("\n").slice(-lines);
  return all
    .filter((line) => line.trim() !== "")
    .map((line) => `  ${line}`)
    .join("\n");
}
