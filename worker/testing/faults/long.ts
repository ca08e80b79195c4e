/** `npm run test:long` takes every cell of a matrix; `npm test` a few that are always the same. */
export const isLong = process.env.PENSTOCK_LONG === "1";

/** How long the cells of a matrix may take together, in ms: only what hangs is to end by it. */
export const MATRIX_TIMEOUT = isLong ? 3 * 3_600_000 : 300_000;
