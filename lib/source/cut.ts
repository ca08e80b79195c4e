import type { FileBounds, FileCursor } from "../db/schema/run-files";
import { type Measures, sumMeasures } from "./measures";

/** A stretch of the total order, with its measures. */
export interface Stretch extends Measures {
  from: FileCursor;
}

export interface CutFile extends Measures {
  bounds: FileBounds;
}

/**
 * Joins neighboring stretches into files of at most `maxBytes`; a larger stretch is a file by itself. The first file
 * begins and the last one ends with the window, so no row falls between files.
 */
export function cutFiles(stretches: readonly Stretch[], maxBytes: number): CutFile[] {
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
    ...sumMeasures(group),
  }));
}

const cursorOf = (group: Stretch[] | undefined): FileCursor | null => group?.[0]?.from ?? null;
