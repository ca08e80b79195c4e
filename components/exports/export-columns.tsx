"use client";

import { CircleX } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { type Column, opensRow } from "@/components/ui/data-table";
import { Link } from "@/components/ui/link";
import { Switch } from "@/components/ui/switch";
import { RelativeTime } from "@/components/ui/time";
import { cn } from "@/lib/client/cn";
import { formatCount, formatShort } from "@/lib/client/format";
import { scheduleParts, scheduleWords } from "@/lib/client/schedule-words";
import { useMay } from "@/lib/client/use-may";
import type { Export } from "@/lib/schemas/export";
import { ExportBadge } from "./export-badge";
import { ExportMenu } from "./export-menu";
import { RunStrip } from "./run-strip";
import { usePause, usePaused } from "./use-export-actions";
import { writesTo } from "./writes-to";

/** Columns of the export list. A click anywhere on a row opens it. On a phone the first cell shows everything. */
export const exportColumns: Column<Export>[] = [
  { header: "Export", className: "max-w-0 py-3 max-lg:w-full lg:w-[28%]", cell: (value) => <Name value={value} /> },
  { header: "Schedule", from: "xl", className: "min-w-28", cell: ({ schedule }) => scheduleCell(schedule) },
  { header: "Last runs", from: "lg", cell: ({ id, recentRuns }) => <RunStrip exportId={id} runs={recentRuns} /> },
  {
    header: "Last success",
    from: "sm",
    cell: ({ lastSuccessAt }) => (lastSuccessAt ? <RelativeTime value={lastSuccessAt} /> : <None text="Never" />),
  },
  { header: "Next run", from: "lg", cell: (value) => <NextRun value={value} /> },
  {
    header: "Rows in 24 h",
    from: "lg",
    align: "right",
    title: ({ rowsLast24h }) => formatCount(rowsLast24h),
    cell: ({ rowsLast24h }) => formatShort(rowsLast24h),
  },
  {
    header: "Automatic",
    headerClass: "max-sm:sr-only",
    align: "right",
    className: "w-0 pr-2",
    cell: (value) => <Automatic value={value} />,
  },
];

const None = ({ text }: { text: string }) => <span className="text-muted">{text}</span>;

function scheduleCell(schedule: Export["schedule"]) {
  const { when, zone } = scheduleParts(schedule);
  return (
    <>
      {when}
      {zone && <p className="text-muted text-xs">{zone}</p>}
    </>
  );
}

function NextRun({ value }: { value: Export }) {
  const paused = usePaused(value);
  return value.nextRunAt && !paused ? <RelativeTime value={value.nextRunAt} upcoming /> : <None text="None" />;
}

function Automatic({ value }: { value: Export }) {
  const mayManage = useMay("exports.manage");
  const pause = usePause(value);
  const paused = usePaused(value);
  return (
    <div className="relative z-10 flex items-center justify-end gap-2 max-sm:flex-col-reverse">
      {mayManage && value.schedule.every !== "once" && !value.ended && (
        <Switch
          aria-label={`Automatic exports of ${value.name}`}
          checked={!paused}
          disabled={pause.isPending}
          onChange={(on) => pause.mutate(!on)}
        />
      )}
      <ExportMenu value={value} onPause={(next) => pause.mutate(next)} />
    </div>
  );
}

/** The export's name, and fields without a column at this width. */
function Name({ value }: { value: Export }) {
  const paused = usePaused(value);
  return (
    <>
      <div className="flex items-center gap-x-2 gap-y-1 max-sm:flex-wrap">
        <Link href={`/exports/${value.id}`} className={cn("max-w-full truncate rounded font-medium", opensRow)}>
          {value.name}
        </Link>
        <StateBadge value={value} paused={paused} />
      </div>
      <p className="mt-0.5 truncate font-mono text-muted text-xs" title={writesTo(value)}>
        {writesTo(value)}
      </p>
      <p className="mt-0.5 text-muted text-xs xl:hidden">
        {scheduleWords(value.schedule)}
        <span className="lg:hidden"> · {formatShort(value.rowsLast24h)} rows in 24 h</span>
      </p>
      <div className="mt-1 lg:hidden">
        <RunStrip exportId={value.id} runs={value.recentRuns} />
      </div>
    </>
  );
}

/** Why an export doesn't run, or that its last run failed; nothing if all is well. */
function StateBadge({ value, paused }: { value: Export; paused: boolean }) {
  if (paused || value.ended || value.blockedBy) return <ExportBadge value={{ ...value, paused }} />;
  return value.recentRuns.at(-1)?.state === "Failed" ? <FailingBadge /> : null;
}

function FailingBadge() {
  return (
    <Badge tone="bad">
      <CircleX aria-hidden /> Last run failed
    </Badge>
  );
}
