import type { FileBounds, FileCursor } from "../db/schema/runs";

/** A stretch of the total order, with what lies in it. */
export interface Stretch {
  from: FileCursor;
  rows: number;
  /** Bytes before compression, about. */
  bytes: number;
  /** Sum of row hashes modulo 2^64. */
  fingerprint: bigint;
}

export interface PlannedFile {
  bounds: FileBounds;
  rows: number;
  bytes: number;
  fingerprint: bigint;
}

export const addFingerprints = (a: bigint, b: bigint) => BigInt.asUintN(64, a + b);

/**
 * Joins neighbouring stretches into files of at most `maxBytes` each; a stretch that alone is larger is a file of its own.
 * The first file begins where the window begins and the last ends where it ends, so no row can lie between two files.
 */
export function cutFiles(stretches: readonly Stretch[], maxBytes: number): PlannedFile[] {
  const groups: Stretch[][] = [];
  let size = 0;
  for (const stretch of stretches) {
    if (groups.length === 0 || size + stretch.bytes > maxBytes) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(stretch);
    size += stretch.bytes;
  }
  return groups.map((group, index) => ({
    bounds: { from: index === 0 ? null : cursorOf(group), to: cursorOf(groups[index + 1]) },
    rows: group.reduce((sum, { rows }) => sum + rows, 0),
    bytes: group.reduce((sum, { bytes }) => sum + bytes, 0),
    fingerprint: group.reduce((sum, { fingerprint }) => addFingerprints(sum, fingerprint), 0n),
  }));
}

const cursorOf = (group: Stretch[] | undefined): FileCursor | null => group?.[0]?.from ?? null;
