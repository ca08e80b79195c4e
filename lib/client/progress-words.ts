import { HOUR, MINUTE, SECOND } from "@/lib/units";
import { formatBytes, formatCount } from "./format";

interface Paced {
  rowsPerSecond: number | null;
  bytesPerSecond: number | null;
  secondsLeft: number | null;
}

/** How fast and how long, like `1,200 rows/s`, `3.4 MB/s`, `about 2 min left`. Nothing of what has no basis. */
export function paceWords({ rowsPerSecond, bytesPerSecond, secondsLeft }: Paced): string[] {
  if (bytesPerSecond === 0 && !rowsPerSecond) return ["No progress at the moment"];
  return [
    ...(rowsPerSecond ? [`${formatCount(rowsPerSecond)} rows/s`] : []),
    ...(bytesPerSecond ? [`${formatBytes(bytesPerSecond)}/s`] : []),
    ...(secondsLeft === null ? [] : [leftWords(secondsLeft)]),
  ];
}

/** An estimate, no more exact than it can be. */
export function leftWords(seconds: number): string {
  if (seconds <= 5) return "a few seconds left";
  if (seconds < 90) return `about ${Math.ceil(seconds / 5) * 5} s left`;
  const ms = seconds * SECOND;
  if (ms < 90 * MINUTE) return `about ${Math.round(ms / MINUTE)} min left`;
  return `about ${Math.round(ms / HOUR)} h left`;
}

/** Rows so far of those that are expected, like `1,200 of 4,000 rows`. */
export function rowsWords(rows: number | null, expected: number | null): string | null {
  if (expected === null) return rows === null || rows === 0 ? null : `${formatCount(rows)} rows`;
  return rows === null
    ? `${formatCount(expected)} rows expected`
    : `${formatCount(rows)} of ${formatCount(expected)} rows`;
}
