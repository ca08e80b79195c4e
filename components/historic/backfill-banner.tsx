"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CalendarPlus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ask } from "@/lib/client/api";
import { OF_EXPORTS, refresh } from "@/lib/client/asking";
import { formatCount, formatInterval, formatTime, plural } from "@/lib/client/format";
import { coverageQuery, estimateQuery, historicExportsQuery } from "@/lib/client/queries";
import { toast } from "@/lib/client/toast";
import { useHydrated } from "@/lib/client/use-hydrated";
import { useMay } from "@/lib/client/use-may";
import { useMutation } from "@/lib/client/use-mutation";
import { useRemembered } from "@/lib/client/use-remembered";
import type { Export } from "@/lib/schemas/export";
import type { HistoricEstimate } from "@/lib/schemas/historic-export";
import { aroundCreation, backfillOffer, backfillRange, mayBackfill } from "./backfill";

interface BackfillProps {
  value: Export;
  /** Opens the form of a historic export. */
  onChooseRange: () => void;
  onStarted: () => void;
}

/** Offers to export what arrived before a new export was created, until it is accepted or dismissed. */
export function BackfillBanner({ value, onChooseRange, onStarted }: BackfillProps) {
  const mayStart = useMay("runs.start");
  const [dismissed, dismiss] = useRemembered(`backfill:${value.id}`);
  const offer = useOffer(value, useHydrated() && mayStart && dismissed === null);
  if (offer.kind === "none" || dismissed !== null) return null;
  const { estimate } = offer;
  return (
    <section
      aria-labelledby="backfill"
      className="mb-6 rounded-xl border border-border bg-primary-soft p-4 sm:flex sm:items-start sm:justify-between sm:gap-6"
    >
      <div className="flex min-w-0 gap-2.5">
        <CalendarPlus className="mt-0.5 size-4 shrink-0 text-primary" aria-hidden />
        <div className="min-w-0">
          <h2 id="backfill" className="font-medium">
            Backfill {plural(estimate.windows, "window")}?
          </h2>
          <p className="mt-0.5">
            {whyWords(value)} {rangeWords(estimate)}
            {offer.kind === "large" && " That’s too much for one step. Start with a shorter range."}
          </p>
        </div>
      </div>
      <div className="mt-3 flex shrink-0 flex-wrap gap-2 pl-6.5 sm:mt-0 sm:pl-0">
        {offer.kind === "large" ? (
          <Button size="sm" variant="primary" onClick={onChooseRange}>
            Choose a range
          </Button>
        ) : (
          <Start exportId={value.id} estimate={estimate} onStarted={onStarted} />
        )}
        <Button size="sm" onClick={() => dismiss("dismissed")}>
          Not now
        </Button>
      </div>
    </section>
  );
}

const whyWords = ({ startAt }: Export): string =>
  startAt === null
    ? "The schedule exports only what arrives from now on."
    : `The export starts on ${formatTime(startAt)}, before it was created.`;

const rangeWords = ({ start, end, rows }: HistoricEstimate): string =>
  `From ${formatInterval(start, end)} UTC, the source has ${formatCount(rows)} ${rows === 1 ? "row" : "rows"}.`;

/** Asks for windows and rows only while an offer is possible. */
function useOffer(value: Export, isWanted: boolean) {
  const isPossible = isWanted && mayBackfill(value, Date.now());
  const historic = useQuery({ ...historicExportsQuery(value.id), enabled: isPossible });
  const isFirst = isPossible && historic.data?.items.length === 0;
  const { from, to } = aroundCreation(value);
  const around = useQuery({ ...coverageQuery(value.id, from, to), enabled: isFirst });
  const range = isFirst && around.data ? backfillRange(value, around.data) : null;
  const estimate = useQuery({
    ...estimateQuery(value.id, range ?? { start: "", end: "" }),
    enabled: range !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return backfillOffer(value, range === null ? undefined : estimate.data);
}

function Start({
  exportId,
  estimate,
  onStarted,
}: {
  exportId: string;
  estimate: HistoricEstimate;
  onStarted: () => void;
}) {
  const queries = useQueryClient();
  const start = useMutation({
    mutationFn: () =>
      ask("createHistoricExport", { params: { id: exportId }, body: { start: estimate.start, end: estimate.end } }),
    onSuccess: ({ windows }) => {
      toast.success(`Historic export of ${plural(windows, "window")} has started`);
      onStarted();
    },
    onError: (error) => toast.error(error.message),
    onSettled: () => refresh(queries, OF_EXPORTS),
  });
  return (
    <Button size="sm" variant="primary" onClick={() => start.mutate()} pending={start.isPending || start.isSuccess}>
      Backfill {plural(estimate.windows, "window")}
    </Button>
  );
}
