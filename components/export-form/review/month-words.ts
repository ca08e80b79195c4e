/** What a month is reckoned from: the newest window, and as many before it as could be previewed. */
export const monthWords = (earlier: number): string =>
  earlier === 0 ? "Per month, at this rate" : `Per month, at the average of the last ${earlier + 1} windows`;
