"use client";

import { useQuery } from "@tanstack/react-query";
import { ReceiptStatusBadge } from "@/components/runs/receipt-status";
import { RunStateBadge } from "@/components/runs/run-state";
import { TRIGGERS } from "@/components/runs/trigger-words";
import { opensRow } from "@/components/ui/data-table";
import { Skeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import { cn } from "@/lib/client/cn";
import { plural } from "@/lib/client/format";
import { windowRunsQuery } from "@/lib/client/queries";
import type { Run } from "@/lib/schemas/run";
import type { WindowBounds } from "./use-window";

interface WindowRunsProps {
  exportId: string;
  bounds: WindowBounds;
  onOpen: (id: string) => void;
}

/** Every run of a window, newest first. */
export function WindowRuns({ exportId, bounds, onOpen }: WindowRunsProps) {
  const runs = useQuery(windowRunsQuery(exportId, bounds));
  return (
    <section aria-labelledby="window-runs">
      <h3 id="window-runs" className="mb-2 font-semibold text-[0.9375rem]">
        Runs
      </h3>
      {runs.isPending && <Skeleton className="h-16 w-full" />}
      {runs.isError && <ErrorState title="Couldn’t load runs" error={runs.error} onRetry={runs.refetch} />}
      {runs.data?.items.length === 0 && <p className="text-muted">No run has exported this window.</p>}
      {runs.data && runs.data.items.length > 0 && (
        <ul aria-label="Runs of the window" className="divide-y divide-border rounded-xl border border-border">
          {runs.data.items.map((run) => (
            <RunLine key={run.id} run={run} onOpen={onOpen} />
          ))}
        </ul>
      )}
    </section>
  );
}

function RunLine({ run, onOpen }: { run: Run; onOpen: (id: string) => void }) {
  const { id, requestId, trigger, rows, error, state, createdAt, receiptStatus } = run;
  return (
    <li className="relative px-3.5 py-2.5 transition-colors hover:bg-sunken/60">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <RunStateBadge run={run} />
        <ReceiptStatusBadge status={receiptStatus} />
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => onOpen(id)}
          className={cn("rounded text-left font-medium", opensRow)}
        >
          {TRIGGERS[trigger]}
          <span className="sr-only">: open the run {requestId}</span>
        </button>
        {rows !== null && <span className="text-muted text-xs">{plural(rows, "row")}</span>}
        <span className="ml-auto text-muted text-xs">
          <RelativeTime value={createdAt} />
        </span>
      </div>
      {error && state === "Failed" && <p className="mt-1 break-words text-bad text-xs">{error.message}</p>}
    </li>
  );
}
