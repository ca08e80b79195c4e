import type { FileBounds, FileCursor } from "../../db/schema/run-files";
import { exactMicrosOf } from "../time";

/** The cursors that files are cut at, once each, by time. */
export interface Cursors {
  times: readonly number[];
  uuids: readonly string[];
}

const nameOf = ({ time, uuid }: FileCursor) => `${time} ${uuid}`;

export function cursorsOf(files: readonly FileBounds[]): Cursors {
  const found = new Map(
    files
      .flatMap(({ from, to }) => [from, to])
      .flatMap((cursor) => (cursor ? [[nameOf(cursor), cursor] as const] : [])),
  );
  const sorted = [...found.values()].toSorted((a, b) => exactMicrosOf(a.time) - exactMicrosOf(b.time));
  return { times: sorted.map(({ time }) => exactMicrosOf(time)), uuids: sorted.map(({ uuid }) => uuid) };
}

/** Whether two cursors have the same time: only the source knows how it orders their ids. */
export const hasTies = ({ times }: Cursors): boolean => new Set(times).size < times.length;

/** How many cursors have at most this time. */
export function upTo({ times }: Cursors, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
