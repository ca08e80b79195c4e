"use client";

import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { useNow } from "@/components/ui/time";
import { cn } from "@/lib/client/cn";
import { formatClock, formatDuration } from "@/lib/client/format";
import { isActive } from "@/lib/client/polling";
import { timelineQuery } from "@/lib/client/queries";
import type { Run } from "@/lib/schemas/run";
import type { Timeline } from "@/lib/schemas/timeline";
import { type Bar, filesNote, type Kind, type TimelineRow, type TimelineView, timelineView } from "./rows";

/** When each part of a run began and ended, one line each. */
export default function RunTimeline({ run }: { run: Run }) {
  const timeline = useQuery(timelineQuery(run));
  if (timeline.isPending) return <Skeleton label="Loading the timeline" className="h-48 w-full" />;
  if (timeline.isError)
    return <ErrorState title="Couldn’t load the timeline" error={timeline.error} onRetry={timeline.refetch} />;
  return <Shown timeline={timeline.data} />;
}

function Shown({ timeline }: { timeline: Timeline }) {
  const now = useNow(1000, isActive(timeline));
  const view = timelineView(timeline, now);
  const note = filesNote(timeline);
  return (
    <div className="flex flex-col gap-3">
      <p className="flex justify-between gap-3 text-muted text-xs tabular-nums">
        <span>{formatClock(new Date(view.from).toISOString())} UTC</span>
        <span>{formatDuration(view.to - view.from)}</span>
        <span>{isActive(timeline) ? "now" : `${formatClock(new Date(view.to).toISOString())} UTC`}</span>
      </p>
      <ol aria-label="Timeline" className="flex flex-col gap-3">
        {view.rows.map((row) => (
          <Row key={row.key} row={row} view={view} />
        ))}
      </ol>
      {view.isCut && <p className="text-muted text-xs">The wait before the start is drawn shorter than it was.</p>}
      {note && <p className="text-muted text-xs">{note}</p>}
    </div>
  );
}

function Row({ row, view }: { row: TimelineRow; view: TimelineView }) {
  return (
    <li>
      <p className="mb-1 flex min-w-0 items-baseline gap-2 text-[0.8125rem]">
        <span title={row.title} className={cn("truncate", row.title ? "font-mono text-xs" : "font-medium")}>
          {row.name}
        </span>
      </p>
      <div aria-hidden className="relative h-3 rounded-sm bg-sunken">
        {row.bars.map((bar) => (
          <span
            key={bar.from}
            title={bar.words}
            className={cn("absolute h-full rounded-sm", LOOKS[bar.kind])}
            style={placeOf(bar, view)}
          />
        ))}
      </div>
      <ul className="mt-1 text-muted text-xs">
        {row.bars.map((bar) => (
          <li key={bar.from} className={bar.kind === "failed" || bar.kind === "lost" ? "text-bad" : undefined}>
            {bar.words}
          </li>
        ))}
      </ul>
    </li>
  );
}

const LOOKS: Record<Kind, string> = {
  wait: "bg-idle-solid",
  work: "bg-primary",
  failed: "bg-bad-solid",
  // Nobody saw its end.
  lost: "bg-linear-to-r from-bad-solid to-bad-solid/20",
  running: "bg-info-solid",
};

/** At least 2 px, so that nothing is too short to be seen. */
function placeOf({ from, to }: Bar, view: TimelineView) {
  const share = (time: number) => Math.min(1, Math.max(0, (time - view.from) / (view.to - view.from)));
  const left = share(from) * 100;
  return { left: `min(${left}%, calc(100% - 2px))`, width: `${Math.max(0, share(to) * 100 - left)}%`, minWidth: "2px" };
}
