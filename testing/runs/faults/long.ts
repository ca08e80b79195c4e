import { HOUR } from "@/lib/units";
import { isLong } from "../is-long";
import { type Cell, sample } from "./cells";

/** A regular expression: only cells whose names match it, to look into a few of them. */
const wanted = process.env.PENSTOCK_CELLS;

/** How long the cells of a matrix may take together, in ms: only what hangs is to end by it. */
export const MATRIX_TIMEOUT = isLong || wanted ? 3 * HOUR : 300_000;

/** The cells that are to be run: every one in `npm run test:long`, a few that are always the same in `npm test`. */
export function chosen(cells: Cell[], few: Parameters<typeof sample>[1]): Cell[] {
  if (wanted) return cells.filter(({ name }) => new RegExp(wanted).test(name));
  return isLong ? cells : sample(cells, few);
}
