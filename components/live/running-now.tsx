"use client";

import { useQuery } from "@tanstack/react-query";
import { opensRow } from "@/components/ui/data-table";
import { cn } from "@/lib/client/cn";
import { formatCount, formatInterval, plural } from "@/lib/client/format";
import { progressQuery } from "@/lib/client/queries";
import type { Export } from "@/lib/schemas/export";
import type { RunProgress } from "@/lib/schemas/progress";
import { ProgressLine } from "./progress-line";

/** Runs that are listed; the table below has them all. */
const SHOWN = 3;
/** Height of a line, in rem. */
const LINE_REM = 5.25;

interface RunningNowProps {
  value: Pick<Export, "id" | "activeRuns">;
  onOpen: (runId: string) => void;
}

/** The active runs of an export, and how far each is. */
export function RunningNow({ value, onOpen }: RunningNowProps) {
  const { data } = useQuery(progressQuery(value.id));
  if (value.activeRuns === 0) return null;
  const runs = (data?.runs ?? []).slice(0, SHOWN);
  // Room for what the first event brings, so that the page doesn't move then.
  const waiting = Math.max(0, Math.min(SHOWN, value.activeRuns) - runs.length);
  const others = Math.max(data?.activeRuns ?? 0, value.activeRuns) - SHOWN;
  return (
    <section aria-label="Running now" className="rounded-xl border border-border bg-surface shadow-raised">
      <ul className="divide-y divide-border">
        {runs.map((run) => (
          <Line key={run.runId} run={run} onOpen={onOpen} />
        ))}
        {waiting > 0 && <li aria-hidden style={{ height: `${waiting * LINE_REM}rem` }} />}
      </ul>
      {others > 0 && (
        <p className="border-border border-t px-4 py-2 text-muted text-xs">
          {plural(others, "more run")} {others === 1 ? "is" : "are"} running.
        </p>
      )}
    </section>
  );
}

function Line({ run, onOpen }: { run: RunProgress; onOpen: (runId: string) => void }) {
  const interval = formatInterval(run.intervalStart, run.intervalEnd);
  return (
    <li className="relative min-h-[5.25rem] px-4 py-3 transition-colors hover:bg-sunken/60">
      <p className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4">
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => onOpen(run.runId)}
          className={cn("rounded text-left font-medium", opensRow)}
        >
          {interval}
        </button>
        <span className="text-muted text-xs">{phaseOf(run)}</span>
      </p>
      <ProgressLine of={run} label={`Rows of ${interval}`} />
    </li>
  );
}

function phaseOf({ state, files, filesDone }: RunProgress): string {
  if (state === "Starting") return "Waiting to start";
  if (files === null) return "Planning";
  if (filesDone === files) return "Committing";
  return `${formatCount(filesDone)} of ${plural(files, "file")} written`;
}
