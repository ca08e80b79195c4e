import { formatBytes, formatCount, formatDuration, formatShort } from "@/lib/client/format";
import type { TrendPoint } from "@/lib/schemas/trends";
import { SECOND } from "@/lib/units";

const duration = (seconds: number) => (seconds === 0 ? "0 s" : formatDuration(seconds * SECOND));

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
  { key: "seconds", title: "Duration", unit: "seconds", short: duration, exact: duration },
  { key: "lagSeconds", title: "Lag", unit: "seconds", short: duration, exact: duration },
] as const satisfies {
  key: keyof TrendPoint;
  title: string;
  unit: "count" | "bytes" | "seconds";
  short: (value: number) => string;
  exact: (value: number) => string;
}[];

export type Measure = (typeof MEASURES)[number];
