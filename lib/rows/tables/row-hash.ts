import type { SourceTable } from "./types";

/**
 * SQL for a row's share of the fingerprint: every column counts, and the sum modulo 2^64 is independent of row order.
 * Hashes a tuple because the hash of several values is NULL if one of them is, and a sum skips NULL; other rows hash
 * the same either way.
 */
export const rowHash = ({ columns }: Pick<SourceTable, "columns">): string =>
  `cityHash64(tuple(${columns.map(({ name }) => name).join(", ")}))`;
