/** Rows of a file without what frames them. An empty file has not even a frame. Throws if a part of it is missing. */
export function rowsAfter(lines: number, frame: number): number {
  if (lines === 0) return 0;
  if (lines < frame) throw new Error(`${lines} lines, fewer than what frames the rows`);
  return lines - frame;
}
