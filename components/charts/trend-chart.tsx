"use client";

import { type KeyboardEvent, type MouseEvent, useId } from "react";
import type { TrendPoint } from "@/lib/schemas/trends";
import { ChartAxes } from "./chart-axes";
import type { Measure } from "./measures";
import { PointShape } from "./point-shape";
import { pointWords, valueWords } from "./point-words";
import { placesOf, ticksTo } from "./scales";
import { useWidth } from "./use-width";

/** Sizes in px. */
const HEIGHT = 112;
const MARGIN = { top: 10, right: 4, bottom: 24, left: 60 };

interface TrendChartProps {
  measure: Measure;
  points: readonly TrendPoint[];
  /** The point that is looked at in all charts; null if none. */
  at: number | null;
  onLook: (at: number | null) => void;
  onOpen: (point: TrendPoint) => void;
}

/**
 * One measure over time, a bar for each point. For a keyboard, it is one list: the arrow keys lead from point to point,
 * and Enter opens the point's run.
 */
export function TrendChart({ measure, points, at, onLook, onOpen }: TrendChartProps) {
  const { ref, width: whole } = useWidth();
  const id = useId();
  const width = Math.max(0, whole - MARGIN.left - MARGIN.right);
  const places = placesOf(points, width);
  const ticks = ticksTo(Math.max(0, ...points.map((point) => point[measure.key] ?? 0)), measure.unit);
  const looked = at === null ? undefined : points[at];
  const pointAt = (event: MouseEvent<HTMLElement>): number => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - MARGIN.left;
    const found = places.findIndex((place) => x < place.x + place.width);
    return found === -1 ? points.length - 1 : found;
  };
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1 flex min-h-10 flex-wrap items-baseline justify-between gap-x-3 sm:min-h-5">
        <span className="font-medium text-[0.8125rem]">{measure.title}</span>
        <span className="text-muted text-xs tabular-nums">{looked && pointWords(looked, measure)}</span>
      </figcaption>
      <div
        ref={ref}
        role="listbox"
        aria-label={`${measure.title} by window`}
        aria-activedescendant={at === null ? undefined : `${id}-${at}`}
        tabIndex={0}
        className="cursor-pointer rounded-md"
        style={{ height: HEIGHT + MARGIN.top + MARGIN.bottom }}
        onFocus={() => at === null && onLook(points.length - 1)}
        onBlur={() => onLook(null)}
        onMouseMove={(event) => onLook(pointAt(event))}
        onMouseLeave={(event) => event.currentTarget !== document.activeElement && onLook(null)}
        onClick={(event) => onOpen(points[pointAt(event)]!)}
        onKeyDown={(event) => onKey(event, { at, count: points.length, onLook, open: () => looked && onOpen(looked) })}
      >
        {width > 0 && (
          <svg role="presentation" width={whole} height={HEIGHT + MARGIN.top + MARGIN.bottom} className="block">
            <g transform={`translate(${MARGIN.left} ${MARGIN.top})`}>
              <ChartAxes {...{ points, width, ticks, height: HEIGHT }} format={measure.short} />
              {points.map((point, index) => {
                const value = point[measure.key];
                const place = places[index]!;
                return (
                  <g
                    key={point.start}
                    id={`${id}-${index}`}
                    role="option"
                    aria-selected={index === at}
                    aria-label={`${pointWords(point, measure)}${point.runId ? "" : ", no run"}`}
                  >
                    {index === at && <rect {...place} y={0} height={HEIGHT} className="fill-foreground/10" />}
                    <PointShape
                      {...{ point, ...place }}
                      height={HEIGHT}
                      share={value === null ? null : value / ticks.at(-1)!}
                    />
                  </g>
                );
              })}
            </g>
          </svg>
        )}
      </div>
      <span className="sr-only">{`Latest: ${points.length > 0 ? valueWords(points.at(-1)!, measure) : "none"}`}</span>
    </figure>
  );
}

interface Keys {
  at: number | null;
  count: number;
  onLook: (at: number) => void;
  open: () => void;
}

function onKey(event: KeyboardEvent, { at, count, onLook, open }: Keys): void {
  const now = at ?? count - 1;
  const moves: Partial<Record<string, number>> = {
    ArrowLeft: now - 1,
    ArrowRight: now + 1,
    PageUp: now - 10,
    PageDown: now + 10,
    Home: 0,
    End: count - 1,
  };
  const next = moves[event.key];
  if (next !== undefined) onLook(Math.min(Math.max(next, 0), count - 1));
  else if (event.key === "Enter" || event.key === " ") open();
  else return;
  event.preventDefault();
}
