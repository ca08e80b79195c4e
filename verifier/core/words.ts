import type { Looked } from "./verify";

/** `1 row`, `2 rows`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** What was looked at, in a sentence. */
export const lookedText = ({ objects, receipts, links, files, rows, bytes }: Looked): string =>
  `${plural(receipts, "receipt")}, ${plural(links, "link")}, ${plural(objects, "object")}; ` +
  `read ${plural(files, "file")}, ${plural(rows, "row")}, ${plural(bytes, "byte")}`;
