"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Ban } from "lucide-react";
import { useHistoricProgress } from "@/components/live/use-run-progress";
import { RunStateBadge } from "@/components/runs/run-state";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { RelativeTime } from "@/components/ui/time";
import { ask } from "@/lib/client/api";
import { OF_EXPORTS, refresh } from "@/lib/client/asking";
import { formatBytes, formatCount, formatInterval, plural } from "@/lib/client/format";
import { isActive } from "@/lib/client/polling";
import { paceWords } from "@/lib/client/progress-words";
import { toast } from "@/lib/client/toast";
import { useMay } from "@/lib/client/use-may";
import { useMutation } from "@/lib/client/use-mutation";
import type { HistoricExport } from "@/lib/schemas/historic-export";

const tones = { Starting: "info", Running: "info", Completed: "ok", Failed: "bad", Cancelled: "idle" } as const;

/** One historic export: range, progress, and a way to stop it. */
export function HistoricCard({ item }: { item: HistoricExport }) {
  const range = formatInterval(item.start, item.end);
  const progress = useHistoricProgress(item);
  const done = item.windowsCompleted + item.windowsFailed + item.windowsCancelled;
  return (
    <li className="rounded-xl border border-border bg-surface p-4 shadow-raised">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1.5">
          <h2 className="font-medium">
            {range} <span className="font-normal text-muted">UTC</span>
          </h2>
          <RunStateBadge run={{ state: item.state }} />
        </div>
        {isActive(item) && <CancelButton item={item} range={range} />}
      </div>
      <Progress
        className="mt-3"
        label={`Windows completed of ${range}`}
        value={done}
        max={item.windows}
        tone={tones[item.state]}
      />
      <p className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-[0.8125rem] text-muted">
        <span>
          {formatCount(item.windowsCompleted)} of {plural(item.windows, "window")} completed
        </span>
        {item.windowsRunning > 0 && <span>{formatCount(item.windowsRunning)} running</span>}
        {item.windowsFailed > 0 && <span className="text-bad">{formatCount(item.windowsFailed)} failed</span>}
        {item.windowsCancelled > 0 && <span>{formatCount(item.windowsCancelled)} canceled</span>}
        <span>{plural(Math.max(item.rows, progress?.rows ?? 0), "row")}</span>
        {progress && progress.bytes > 0 && <span>{formatBytes(progress.bytes)}</span>}
        {progress && paceWords(progress).map((words) => <span key={words}>{words}</span>)}
        <span className="sm:ml-auto">
          Started <RelativeTime value={item.createdAt} />
        </span>
      </p>
    </li>
  );
}

function CancelButton({ item, range }: { item: HistoricExport; range: string }) {
  const may = useMay("runs.start");
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => ask("cancelHistoricExport", { params: { id: item.id } }),
    onSuccess: () => toast.success("Canceling the historic export"),
    onError: (error) => toast.error(error.message),
    onSettled: () => refresh(queries, OF_EXPORTS),
  });
  if (!may) return null;
  return (
    <Button
      size="sm"
      aria-label={`Cancel the historic export of ${range}`}
      onClick={() => cancel.mutate()}
      pending={cancel.isPending || cancel.isSuccess}
    >
      {!(cancel.isPending || cancel.isSuccess) && <Ban aria-hidden />} Cancel
    </Button>
  );
}
