import { closeSync, fstatSync, openSync, readSync } from "node:fs";

const WINDOW_BYTES = 16_384;

/** The last lines of a text file, indented for a message; empty when the file is missing or empty. */
export function tail(file: string, lines: number): string {
  try {
    const fd = openSync(file, "r");
    try {
      const size = fstatSync(fd).size;
      const buffer = Buffer.alloc(Math.min(size, WINDOW_BYTES));
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
