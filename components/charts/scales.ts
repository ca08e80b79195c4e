import { scaleLinear, scaleUtc } from "d3-scale";
import type { TrendPoint } from "@/lib/schemas/trends";
import type { Measure } from "./measures";

/** Steps between ticks of a duration, in seconds. */
const STEPS = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 86_400, 7 * 86_400];
const MOST_STEPS = 4;

/** Values on an axis from 0 to at least `max`, the last one its end. */
export function ticksTo(max: number, unit: Measure["unit"]): number[] {
  if (max <= 0) return [0, 1];
  if (unit === "seconds" && max > 1) {
    const step = STEPS.find((some) => max / some <= MOST_STEPS) ?? Math.ceil(max / MOST_STEPS / 86_400) * 86_400;
    return Array.from({ length: Math.ceil(max / step) + 1 }, (_, at) => at * step);
  }
  const scale = scaleLinear()
    .domain([0, max])
    .nice(MOST_STEPS - 1);
  const ticks = scale.ticks(MOST_STEPS - 1);
  const end = scale.domain()[1]!;
  // Half a row or a tenth of a byte is none.
  const whole = unit === "seconds" ? ticks : ticks.filter(Number.isInteger);
  return whole.at(-1) === end ? whole : [...whole, end];
}

/** Where the chart says what time it is: about one mark per 90 px, each at a round time. */
export function timeMarks(points: readonly TrendPoint[], width: number): { at: number; label: string }[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return [];
  const scale = scaleUtc()
    .domain([new Date(first.start), new Date(last.end)])
    .range([0, width]);
  // With fewer, the only round times of a month are its first days.
  const count = Math.max(3, Math.floor(width / 90));
  const format = scale.tickFormat(count);
  return scale.ticks(count).map((time) => ({ at: scale(time), label: labelOf(time, format(time)) }));
}

/** Hours as elsewhere, on a 24-hour clock; dates with the month's name. */
function labelOf(time: Date, own: string): string {
  const iso = time.toISOString();
  if (!iso.endsWith("T00:00:00.000Z")) return iso.slice(11, 16);
  if (/^\d{4}$/.test(own)) return own;
  return time.toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
}

/** Where a point begins and how wide it is, in px. Points are as wide as they last. */
export function placesOf(points: readonly TrendPoint[], width: number): { x: number; width: number }[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return [];
  const start = Date.parse(first.start);
  const length = Date.parse(last.end) - start;
  const at = (time: string) => ((Date.parse(time) - start) / length) * width;
  return points.map((point) => ({ x: at(point.start), width: at(point.end) - at(point.start) }));
}
