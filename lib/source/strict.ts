import type { Encoding } from "../rows/formats/encoding";

/**
 * What a query fails at: `exact` at a value that does not arrive as it is, `plain` at one that may not, or whose exact way is a long one
 * (`twoWays`).
 */
export type Strictness = "plain" | "exact";

/** SQL that is true for a row of which something does not arrive as it is. */
export const anyDirty = ({ replacements }: Encoding): string =>
  replacements.map(({ dirty }) => `(${dirty})`).join(" OR ");

/**
 * What to order by so that a query fails at the first such row of its own. A condition would also be looked at for rows beside them, which
 * ClickHouse reads together with them.
 */
export const strictOrder = (encoding: Encoding): string =>
  encoding.replacements.length === 0 ? "" : `, throwIf(${anyDirty(encoding)}, 'A value is replaced')`;
