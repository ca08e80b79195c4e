import type { TrendPoint } from "@/lib/schemas/trends";
import { timeMarks } from "./scales";

interface AxesProps {
  points: readonly TrendPoint[];
  /** Of the plot, in px. */
  width: number;
  height: number;
  ticks: readonly number[];
  format: (value: number) => string;
}

/** Lines at round values, and round times below. The points say all that they say. */
export function ChartAxes({ points, width, height, ticks, format }: AxesProps) {
  const max = ticks.at(-1) ?? 1;
  return (
    <g aria-hidden className="text-[0.6875rem]">
      {ticks.map((tick) => {
        const y = height - (tick / max) * height;
        return (
          <g key={tick}>
            <line x1={0} x2={width} y1={y} y2={y} className="stroke-border" />
            <text x={-8} y={y} dy="0.32em" textAnchor="end" className="fill-muted tabular-nums">
              {format(tick)}
            </text>
          </g>
        );
      })}
      {timeMarks(points, width).map(({ at, label }) => (
        <text
          key={`${at} ${label}`}
          x={Math.min(at, width)}
          y={height + 17}
          textAnchor={at < 20 ? "start" : at > width - 20 ? "end" : "middle"}
          className="fill-muted tabular-nums"
        >
          {label}
        </text>
      ))}
    </g>
  );
}
