import type { Compression, Format } from "../formats/types";
import { addFingerprints, cutFiles, type PlannedFile, type Stretch } from "./cut";
import { checkQuery, type Selection, type Sql } from "./predicate";
import { compressionRatio } from "./ratio";
import { rowStretches, timeStretches } from "./stretches";

export interface Plan {
  rows: number;
  /** Bytes before compression, about. */
  bytes: number;
  fingerprint: bigint;
  files: PlannedFile[];
  /** Asks the source for rows and fingerprint again. */
  check: Sql;
}

export interface FileLimits {
  compression: Compression;
  /** How large an object may become, in bytes. */
  maxFileBytes: number;
}

/** Sizes are estimates on the safe side: escapes and the compressor's moods must not carry a file over its limit. */
const MARGIN = { none: 0.99, gzip: 0.93 } satisfies Record<Compression, number>;

/**
 * Plans a window's files from the source alone, so that the same rows always give the same files. One pass measures the
 * whole window; only a window that does not fit into one file is looked at more closely.
 */
export async function planFiles(
  selection: Selection,
  format: Format,
  limits: FileLimits,
  signal?: AbortSignal,
): Promise<Plan> {
  const slices = await timeStretches(selection, format, signal);
  const sum = (pick: (stretch: Stretch) => number) => slices.reduce((total, stretch) => total + pick(stretch), 0);
  const totals = {
    rows: sum(({ rows }) => rows),
    bytes: sum(({ bytes }) => bytes),
    fingerprint: slices.reduce((total, { fingerprint }) => addFingerprints(total, fingerprint), 0n),
    check: checkQuery(selection),
  };
  if (slices.length === 0) return { ...totals, files: [] };
  if (totals.bytes <= limits.maxFileBytes * MARGIN.none)
    return { ...totals, files: cutFiles(slices, Number.POSITIVE_INFINITY) };

  const ratio = await compressionRatio(selection, format, limits.compression, totals.rows, signal);
  const maxBytes = Math.max(1, Math.floor(limits.maxFileBytes * ratio * MARGIN[limits.compression]));
  const stretches: Stretch[] = [];
  for (const slice of slices) {
    if (slice.bytes <= maxBytes) stretches.push(slice);
    else stretches.push(...(await rowStretches(selection, format, { ...slice, maxBytes }, signal)));
  }
  return { ...totals, files: cutFiles(stretches, maxBytes) };
}
