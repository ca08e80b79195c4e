import type { SourceOutcome } from "../../fields/checks";
import type { WindowCount } from "./recount";

export interface Expected {
  rows: number;
  /** Null if it can't be compared. */
  fingerprint: bigint | null;
  /** Rows of each file. */
  files: readonly number[];
}

/**
 * What a question found. `late` only says that no file has fewer rows and one has more, or that rows arrived beside all
 * files: a row that went and another that came within one file look the same as none, unless fingerprints are compared.
 */
export function compareCounts(
  expected: Expected,
  found: WindowCount,
  { fingerprints }: { fingerprints: boolean },
): Exclude<SourceOutcome, "unknown"> {
  if (found.rows === 0 && expected.rows > 0) return "gone";
  if (found.rows < expected.rows) return "shrunk";
  const fewer = found.files.some((rows, index) => rows < (expected.files[index] ?? 0));
  if (found.rows > expected.rows) return fewer ? "changed" : "late";
  const isSame = !fingerprints || expected.fingerprint === null || found.fingerprint === expected.fingerprint;
  return fewer || !isSame ? "changed" : "unchanged";
}
