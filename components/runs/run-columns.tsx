"use client";

import { type Column, opensRow } from "@/components/ui/data-table";
import { RelativeTime } from "@/components/ui/time";
import { cn } from "@/lib/client/cn";
import { formatBytes, formatCount, formatInterval, formatShort } from "@/lib/client/format";
import type { Run } from "@/lib/schemas/run";
import { RunDuration } from "./duration";
import { ReceiptStatusBadge } from "./receipt-status";
import { RunButtons } from "./run-buttons";
import { RunStateBadge } from "./run-state";
import { TRIGGERS } from "./trigger-words";

const number = (value: number | null, format: (value: number) => string) => (value === null ? "–" : format(value));

/** Columns of the run table. A click anywhere on a row opens it. */
export const runColumns = (onOpen: (run: Run) => void): Column<Run>[] => [
  { header: "State", from: "md", className: "w-0 whitespace-nowrap", cell: (run) => <RunStateBadge run={run} /> },
  { header: "Data interval", className: "py-2.5", cell: (run) => <Interval run={run} onOpen={onOpen} /> },
  {
    header: "Started",
    from: "lg",
    className: "text-muted",
    cell: (run) => <RelativeTime value={run.startedAt ?? run.createdAt} />,
  },
  { header: "Duration", from: "md", align: "right", cell: (run) => <RunDuration run={run} /> },
  { header: "Rows", from: "md", align: "right", cell: ({ rows }) => number(rows, formatCount) },
  {
    header: "Bytes",
    from: "lg",
    align: "right",
    className: "whitespace-nowrap",
    cell: ({ bytes }) => number(bytes, formatBytes),
  },
  { header: "Files", from: "lg", align: "right", cell: ({ files }) => number(files, formatCount) },
  { header: "Attempts", from: "lg", align: "right", cell: ({ attempt }) => attempt },
  {
    header: "Actions",
    headerClass: "sr-only",
    className: "w-0 pr-2",
    cell: (run) => (
      <div className="relative z-10 flex justify-end">
        <RunButtons run={run} />
      </div>
    ),
  },
];

/** The run's interval, and fields without a column at this width. */
function Interval({ run, onOpen }: { run: Run; onOpen: (run: Run) => void }) {
  const trigger = run.trigger === "schedule" ? null : TRIGGERS[run.trigger];
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => onOpen(run)}
        className={cn("rounded text-left font-medium sm:whitespace-nowrap", opensRow)}
      >
        {formatInterval(run.intervalStart, run.intervalEnd)}
      </button>
      {trigger && <p className="text-muted text-xs">{trigger}</p>}
      <div className="mt-1 empty:hidden">
        <ReceiptStatusBadge status={run.receiptStatus} />
      </div>
      {run.error && run.state === "Failed" && (
        <p className="line-clamp-2 max-w-md text-bad text-xs">{run.error.message}</p>
      )}
      <div className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs md:hidden">
        <RunStateBadge run={run} />
        {run.rows !== null && <span>{formatShort(run.rows)} rows</span>}
        <RunDuration run={run} />
      </div>
    </>
  );
}
