import { formatBytes, formatCount, formatDuration, formatShort } from "@/lib/client/format";
import type { TrendPoint } from "@/lib/schemas/trends";
import { SECOND } from "@/lib/units";

const duration = (seconds: number) => (seconds === 0 ? "0 s" : formatDuration(seconds * SECOND));

/** A duration in its largest unit, for an axis: `90 s`, `10 min`, `1.5 h`. */
export function shortDuration(seconds: number): string {
  const [size, unit] = UNITS.find(([some]) => seconds >= 2 * some) ?? [1, "s"];
  return `${Number((seconds / size).toFixed(1))} ${unit}`;
}

const UNITS: [size: number, unit: string][] = [
  [86_400, "d"],
  [3600, "h"],
  [60, "min"],
];

/** What a chart shows of a window, in numbers short enough for an axis and exact enough for a sentence. */
export const MEASURES = [
  {
    key: "rows",
    title: "Rows",
    unit: "count",
    short: formatShort,
    exact: (rows: number) => `${formatCount(rows)} rows`,
  },
  { key: "bytes", title: "Bytes", unit: "bytes", short: formatBytes, exact: formatBytes },
  { key: "seconds", title: "Duration", unit: "seconds", short: shortDuration, exact: duration },
  { key: "lagSeconds", title: "Lag", unit: "seconds", short: shortDuration, exact: duration },
] as const satisfies {
  key: keyof TrendPoint;
  title: string;
  unit: "count" | "bytes" | "seconds";
  short: (value: number) => string;
  exact: (value: number) => string;
}[];

export type Measure = (typeof MEASURES)[number];
