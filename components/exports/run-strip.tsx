"use client";

import { Tooltip } from "@base-ui/react/tooltip";
import { useState } from "react";
import { stateWord } from "@/components/runs/run-state";
import { Link } from "@/components/ui/link";
import { cn } from "@/lib/client/cn";
import { formatInterval, plural } from "@/lib/client/format";
import type { RunState } from "@/lib/fields/run-state";
import type { Export } from "@/lib/schemas/export";

const SHOWN = 24;

/** Each state has its own height, so that the strip is readable without color. */
const bars: Record<RunState, string> = {
  Starting: "h-2 bg-info-solid",
  Running: "h-full animate-pulse bg-info-solid",
  Completed: "h-full bg-ok-solid",
  Failed: "h-3 bg-bad-solid",
  Cancelled: "h-1.5 bg-idle-solid",
};

type Dot = Export["recentRuns"][number];

function summary(runs: readonly Dot[]): string {
  if (runs.length === 0) return "No runs yet";
  const counts = new Map<RunState, number>();
  for (const { state } of runs) counts.set(state, (counts.get(state) ?? 0) + 1);
  const parts = [...counts].map(([state, count]) => `${count} ${stateWord(state).toLowerCase()}`);
  return `Last ${plural(runs.length, "run")}: ${parts.join(", ")}`;
}

/** An export's last runs, oldest first: one link to the export with a summary, and a tooltip per run. */
export function RunStrip({ exportId, runs }: { exportId: string; runs: readonly Dot[] }) {
  const [over, setOver] = useState<Dot | null>(null);
  const shown = runs.slice(-SHOWN);
  const blanks = Array.from({ length: SHOWN - shown.length }, (_, index) => `blank-${index}`);
  const total = summary(shown);
  return (
    <Tooltip.Root trackCursorAxis="x" onOpenChange={(open) => !open && setOver(null)}>
      <Tooltip.Trigger
        render={<Link href={`/exports/${exportId}`} aria-label={total} />}
        className="relative z-10 inline-flex h-11 items-center rounded-md sm:h-8"
        onMouseLeave={() => setOver(null)}
      >
        <span className="flex h-5 items-end gap-[3px]">
          {blanks.map((blank) => (
            <span key={blank} className="h-1 w-[5px] rounded-full bg-border" />
          ))}
          {shown.map((run) => (
            // Even a low bar reacts to the full height.
            // biome-ignore lint/a11y/noStaticElementInteractions: the surrounding link provides the same text
            <span key={run.id} onMouseEnter={() => setOver(run)} className="flex h-full items-end">
              <span className={cn("w-[5px] rounded-full", bars[run.state])} />
            </span>
          ))}
        </span>
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={4} className="z-60">
          <Tooltip.Popup className="popup-motion rounded-lg bg-nav px-2.5 py-1.5 text-on-nav text-xs shadow-float dark:bg-nav-raised">
            {over ? <DotNote run={over} /> : total}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

function DotNote({ run }: { run: Dot }) {
  return (
    <>
      <p className="font-medium">
        {stateWord(run.state)}
        {run.rows !== null && ` · ${plural(run.rows, "row")}`}
      </p>
      <p className="text-on-nav-muted">{formatInterval(run.intervalStart, run.intervalEnd)} UTC</p>
    </>
  );
}
