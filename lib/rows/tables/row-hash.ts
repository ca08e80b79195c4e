import type { SourceTable } from "./types";

/**
 * SQL for a row's share of the fingerprint: every column takes part, and the sum (modulo 2^64) does not depend on order. As a tuple,
 * because the hash of several values is NULL when one of them is, and a sum leaves NULL out; the hashes of other rows are the same.
 */
export const rowHash = ({ columns }: Pick<SourceTable, "columns">): string =>
  `cityHash64(tuple(${columns.map(({ name }) => name).join(", ")}))`;
