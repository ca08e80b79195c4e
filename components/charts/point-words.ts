import { STATE_WORDS } from "@/components/windows/state-words";
import { formatInterval, plural } from "@/lib/client/format";
import type { TrendPoint } from "@/lib/schemas/trends";
import type { Measure } from "./measures";

/** Whether a point is only a committed window, or several. */
export const isWhole = ({ committed, windows }: TrendPoint) => committed === windows;

/** What a point says of a measure, like `1,200 rows`, `Failed`, or `1,200 rows; 1 of 4 windows failed`. */
export function valueWords(point: TrendPoint, measure: Measure): string {
  const value = point[measure.key];
  const state = stateWords(point);
  if (value !== null) return [measure.exact(value), ...(state ? [state] : [])].join("; ");
  if (state) return state;
  return measure.key === "lagSeconds" ? "no lag: first exported by a historic export" : "not measured";
}

/** What is not committed of a point; null if nothing. */
export function stateWords(point: TrendPoint): string | null {
  const { windows, failed, missing, committed, state } = point;
  if (isWhole(point)) return null;
  if (windows === 1) return STATE_WORDS[state].label.toLowerCase();
  const others = windows - committed - failed - missing;
  const found = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(missing > 0 ? [`${missing} not exported`] : []),
    ...(others > 0 ? [`${others} otherwise not committed`] : []),
  ];
  return `of ${plural(windows, "window")}: ${found.join(", ")}`;
}

/** A point in words: its time and its value. */
export const pointWords = (point: TrendPoint, measure: Measure): string =>
  `${formatInterval(point.start, point.end)} UTC: ${valueWords(point, measure)}`;
