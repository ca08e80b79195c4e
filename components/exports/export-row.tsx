"use client";

import { CircleX } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Switch } from "@/components/ui/switch";
import { Td, Tr } from "@/components/ui/table";
import { RelativeTime } from "@/components/ui/time";
import { formatCount, formatShort } from "@/lib/client/format";
import { scheduleParts, scheduleWords } from "@/lib/client/schedule-words";
import { useMay } from "@/lib/client/use-may";
import type { Export } from "@/lib/schemas/export";
import { ExportBadge } from "./export-badge";
import { ExportMenu } from "./export-menu";
import { writesTo } from "./place";
import { RunStrip } from "./run-strip";
import { usePause } from "./use-export-actions";

/** One export in the list; a click anywhere on the row opens it. On a phone the first cell tells it all. */
export function ExportRow({ value }: { value: Export }) {
  const mayManage = useMay("exports.manage");
  const pause = usePause(value);
  const schedule = scheduleParts(value.schedule);
  const paused = pause.isPending ? pause.variables : value.paused;
  return (
    <Tr className="relative transition-colors hover:bg-sunken/60">
      <NameCell value={value} paused={paused} />
      <Td className="hidden whitespace-nowrap xl:table-cell">
        {schedule.when}
        {schedule.zone && <p className="text-muted text-xs">{schedule.zone}</p>}
      </Td>
      <Td className="hidden lg:table-cell">
        <RunStrip exportId={value.id} runs={value.recentRuns} />
      </Td>
      <Td className="hidden sm:table-cell">
        {value.lastSuccessAt ? <RelativeTime value={value.lastSuccessAt} /> : <span className="text-muted">Never</span>}
      </Td>
      <Td className="hidden lg:table-cell">
        {value.nextRunAt && !paused ? (
          <RelativeTime value={value.nextRunAt} />
        ) : (
          <span className="text-muted">None</span>
        )}
      </Td>
      <Td className="hidden text-right lg:table-cell" title={formatCount(value.rowsLast24h)}>
        {formatShort(value.rowsLast24h)}
      </Td>
      <Td className="w-0 pr-2">
        <div className="relative z-10 flex items-center justify-end gap-2 max-sm:flex-col-reverse">
          {mayManage && value.schedule.every !== "once" && (
            <Switch
              aria-label={`Automatic exports of ${value.name}`}
              checked={!paused}
              disabled={pause.isPending}
              onChange={(on) => pause.mutate(!on)}
            />
          )}
          <ExportMenu value={value} onPause={(next) => pause.mutate(next)} />
        </div>
      </Td>
    </Tr>
  );
}

/** The export's name, and what else has no column of its own at this width. */
function NameCell({ value, paused }: { value: Export; paused: boolean }) {
  return (
    <Td className="max-w-0 py-3 max-lg:w-full lg:w-[34%]">
      <div className="flex items-center gap-x-2 gap-y-1 max-sm:flex-wrap">
        <Link
          href={`/exports/${value.id}`}
          className="max-w-full truncate rounded font-medium after:absolute after:inset-0 after:content-['']"
        >
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
    </Td>
  );
}

/** What keeps an export from running, or that its last run failed; nothing while all is well. */
function StateBadge({ value, paused }: { value: Export; paused: boolean }) {
  if (paused || value.blockedBy) return <ExportBadge value={{ ...value, paused }} />;
  return value.recentRuns.at(-1)?.state === "Failed" ? <FailingBadge /> : null;
}

function FailingBadge() {
  return (
    <Badge tone="bad">
      <CircleX aria-hidden /> Last run failed
    </Badge>
  );
}
