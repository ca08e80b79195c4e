import type { Encoding } from "../rows/formats/encoding";

/**
 * What makes a query fail: for `exact`, a value that is replaced; for `plain`, a value that may be, or that has a long
 * exact expression (`twoWays`).
 */
export type Strictness = "plain" | "exact";

/** SQL that is true for a row with a replaced value. */
export const anyDirty = ({ replacements }: Encoding): string =>
  replacements.map(({ dirty }) => `(${dirty})`).join(" OR ");

/**
 * Sort key that makes a query fail at its first such row. A condition would also be evaluated for adjacent rows that
 * ClickHouse reads with them.
 */
export const strictOrder = (encoding: Encoding): string =>
  encoding.replacements.length === 0 ? "" : `, throwIf(${anyDirty(encoding)}, 'A value is replaced')`;
