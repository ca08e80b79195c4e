"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ListFilter, SearchCheck } from "lucide-react";
import dynamic from "next/dynamic";
import { parseAsString, parseAsStringLiteral, useQueryState, useQueryStates } from "nuqs";
import { useState } from "react";
import { Paged } from "@/components/settings/paged";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";
import { useWindow } from "@/components/windows/use-window";
import { checksQuery } from "@/lib/client/queries";
import { useMay } from "@/lib/client/use-may";
import { CHECK_KINDS, CHECK_OUTCOMES } from "@/lib/fields/check-names";
import type { Export } from "@/lib/schemas/export";
import { CheckFilters } from "./check-filters";
import { CheckItem } from "./check-item";
import { CheckProgress } from "./check-progress";
import { OutcomeLegend } from "./outcome-legend";

const StartChecksDialog = dynamic(() => import("./start-checks-dialog").then((it) => it.StartChecksDialog), {
  loading: () => null,
});

const FILTER = { kind: parseAsStringLiteral(CHECK_KINDS), outcome: parseAsStringLiteral(CHECK_OUTCOMES) };

/** What later looks at an export's committed windows found, newest first. */
export function ChecksTab({ value, onOpenRun }: { value: Export; onOpenRun: (id: string) => void }) {
  const [filter, setFilter] = useQueryStates(FILTER);
  const [requestId, setRequestId] = useQueryState("check", parseAsString);
  const [asking, setAsking] = useState(false);
  const [, openWindow] = useWindow();
  const mayStart = useMay("checks.start");
  const checks = useInfiniteQuery(checksQuery(value.id, filter));
  const isFiltered = filter.kind !== null || filter.outcome !== null;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <CheckFilters filter={filter} onChange={setFilter} />
        {mayStart && (
          <Button onClick={() => setAsking(true)}>
            <SearchCheck aria-hidden /> Check again…
          </Button>
        )}
      </div>
      {requestId !== null && <CheckProgress id={requestId} onDismiss={() => setRequestId(null)} />}
      <Paged
        query={checks}
        what="checks"
        empty={isFiltered ? <NoMatch onAll={() => setFilter(null)} /> : <NoChecks value={value} />}
      >
        {(items) => (
          <ul
            aria-label="Checks"
            className="divide-y divide-border rounded-xl border border-border bg-surface shadow-raised"
          >
            {items.map((item) => (
              <CheckItem key={item.id} check={item} exported={value} onOpenRun={onOpenRun} onOpenWindow={openWindow} />
            ))}
          </ul>
        )}
      </Paged>
      <OutcomeLegend />
      {asking && <StartChecksDialog value={value} onClose={() => setAsking(false)} onStarted={setRequestId} />}
    </div>
  );
}

const NoMatch = ({ onAll }: { onAll: () => void }) => (
  <EmptyState
    icon={<ListFilter aria-hidden />}
    title="No matching checks"
    action={<Button onClick={onAll}>Show all checks</Button>}
  />
);

function NoChecks({ value: { checks } }: { value: Export }) {
  const isOff = checks.source.length === 0 && checks.destination === "off";
  return (
    <EmptyState icon={<SearchCheck aria-hidden />} title="No checks yet">
      {isOff
        ? "This export’s windows are checked only on request."
        : "Committed windows are checked automatically: Penstock compares them with the source and audits the destination."}
    </EmptyState>
  );
}
