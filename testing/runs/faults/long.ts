import { HOUR } from "@/lib/units";
import { isLong } from "../is-long";
import { type Cell, sample } from "./cells";

/** A regular expression that limits a run to matching cells, to debug a few. */
const wanted = process.env.PENSTOCK_CELLS;

/** Time limit for all cells of a matrix, in ms: only hangs should reach it. */
export const MATRIX_TIMEOUT = isLong || wanted ? 3 * HOUR : 300_000;

/** The cells to run: all in `npm run test:long`, a few that are always the same in `npm test`. */
export function chosen(cells: Cell[], few: Parameters<typeof sample>[1]): Cell[] {
  if (wanted) return cells.filter(({ name }) => new RegExp(wanted).test(name));
  return isLong ? cells : sample(cells, few);
}
