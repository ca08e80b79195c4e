import type { RunLogRow } from "@/lib/db/rows";

type Line = Pick<RunLogRow, "time" | "level" | "attempt" | "file" | "message">;

/** Formats a log line as text. Line breaks in it become spaces. */
export function logText({ time, level, attempt, file, message }: Line): string {
  const parts = [time.toISOString(), level.toUpperCase(), `attempt ${attempt}`, ...(file ? [file] : []), message];
  return `${parts.join("  ").replaceAll(/[\r\n\u2028\u2029]+/g, " ")}\n`;
}
