"use client";

import { CalendarRange, CircleAlert } from "lucide-react";
import { Skeleton } from "@/components/ui/skeleton";
import { formatCount, formatInterval } from "@/lib/client/format";
import type { HistoricEstimate } from "@/lib/schemas/historic-export";

interface EstimateProps {
  estimate: HistoricEstimate | undefined;
  error: Error | null;
  pending: boolean;
}

/** What a historic export would do, shown before confirmation. Keeps its height while loading. */
export function EstimatePanel({ estimate, error, pending }: EstimateProps) {
  return (
    <div aria-live="polite" aria-busy={pending} className="min-h-29 rounded-xl bg-sunken p-3.5">
      {error && !pending && (
        <p className="flex gap-2 text-bad">
          <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
          {error.message}
        </p>
      )}
      {!error && pending && (
        <div role="status" aria-label="Counting windows and rows" className="flex flex-col gap-3">
          <Skeleton className="h-9 w-48" />
          <Skeleton className="h-5 w-full" />
        </div>
      )}
      {!error && !pending && estimate && <Figures estimate={estimate} />}
      {!error && !pending && !estimate && (
        <p className="text-muted">Choose a start and an end to see what it would export.</p>
      )}
    </div>
  );
}

function Figures({ estimate }: { estimate: HistoricEstimate }) {
  return (
    <>
      <dl className="flex gap-8">
        <div>
          <dt className="text-muted text-xs">Windows</dt>
          <dd className="font-semibold text-lg leading-7">{formatCount(estimate.windows)}</dd>
        </div>
        <div>
          <dt className="text-muted text-xs">Rows</dt>
          <dd className="font-semibold text-lg leading-7">{formatCount(estimate.rows)}</dd>
        </div>
      </dl>
      <p className="mt-2 flex gap-2">
        <CalendarRange className="mt-0.5 size-4 shrink-0 text-primary" aria-hidden />
        <span>Exports {formatInterval(estimate.start, estimate.end)} UTC, in whole windows that have ended.</span>
      </p>
    </>
  );
}
