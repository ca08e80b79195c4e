"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { ListFilter, Timer } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { RunningNow } from "@/components/live/running-now";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { Select } from "@/components/ui/select";
import { TableSkeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { formatTime } from "@/lib/client/format";
import { runQuery, runsQuery } from "@/lib/client/queries";
import { RUN_STATES, type RunState } from "@/lib/fields/run-state";
import type { Export } from "@/lib/schemas/export";
import type { Run } from "@/lib/schemas/run";
import { runColumns } from "./run-columns";
import { stateWord } from "./run-state";

const FILTERS = [
  { value: "all", label: "All states" },
  ...RUN_STATES.map((state) => ({ value: state, label: stateWord(state) })),
] as const;

interface RunsTabProps {
  value: Export;
  onOpen: (id: string) => void;
}

/** The runs of an export, newest first, and how far the active ones are. */
export function RunsTab({ value, onOpen }: RunsTabProps) {
  const [state, setState] = useQueryState("state", parseAsStringLiteral(RUN_STATES));
  const runs = useInfiniteQuery(runsQuery(value.id, state));
  const queries = useQueryClient();
  const open = (run: Run) => {
    // Shows the table's data immediately; the drawer then refetches it.
    queries.setQueryData(runQuery(run.id).queryKey, run);
    onOpen(run.id);
  };
  const items = runs.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center justify-between gap-3">
        <p className="text-muted text-xs">Data intervals are in UTC.</p>
        <Select
          aria-label="Show runs by state"
          className="w-40"
          options={FILTERS}
          value={state ?? "all"}
          onChange={(next) => setState(next === "all" ? null : next)}
        />
      </div>
      <RunningNow value={value} onOpen={onOpen} />
      {runs.isPending && <TableSkeleton label="Loading runs" />}
      {runs.isError && <ErrorState title="Couldn’t load runs" error={runs.error} onRetry={runs.refetch} />}
      {runs.isSuccess && items.length === 0 && <NoRuns state={state} value={value} onAll={() => setState(null)} />}
      {items.length > 0 && (
        <DataTable label="Runs" columns={runColumns(open)} rows={items} keyOf={({ id }) => id} opens />
      )}
      {runs.hasNextPage && (
        <Button className="self-center" onClick={() => runs.fetchNextPage()} pending={runs.isFetchingNextPage}>
          Show older runs
        </Button>
      )}
    </div>
  );
}

function NoRuns({ state, value, onAll }: { state: RunState | null; value: Export; onAll: () => void }) {
  if (state)
    return (
      <EmptyState
        icon={<ListFilter aria-hidden />}
        title={`No ${stateWord(state).toLowerCase()} runs`}
        action={<Button onClick={onAll}>Show all runs</Button>}
      />
    );
  return (
    <EmptyState icon={<Timer aria-hidden />} title="No runs yet">
      {value.nextRunAt && !value.paused
        ? `The first run starts at ${formatTime(value.nextRunAt)}.`
        : "No runs are planned with the current settings."}{" "}
      You can export earlier data now with a historic export.
    </EmptyState>
  );
}
