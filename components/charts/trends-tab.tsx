"use client";

import { useQuery } from "@tanstack/react-query";
import { ChartColumn, Table2 } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { trendsQuery } from "@/lib/client/queries";
import type { Export } from "@/lib/schemas/export";
import type { TrendPoint, Trends } from "@/lib/schemas/trends";
import { MEASURES } from "./measures";
import { boundsOf, RANGE_WORDS, RANGES, type Range, rangesFor } from "./ranges";
import { TrendChart } from "./trend-chart";
import { TrendLegend } from "./trend-legend";
import { TrendsTable } from "./trends-table";

interface TrendsTabProps {
  value: Export;
  onOpenRun: (id: string) => void;
}

/** Rows, bytes, duration, and lag of an export's windows over time, as charts or as a table. */
export default function TrendsTab({ value, onOpenRun }: TrendsTabProps) {
  const found = rangesFor(value.schedule.every);
  if (!found)
    return (
      <EmptyState icon={<ChartColumn aria-hidden />} title="No charts">
        This export has only one window. Its run has the figures.
      </EmptyState>
    );
  return <Charts value={value} onOpenRun={onOpenRun} {...found} />;
}

function Charts({ value, onOpenRun, ranges, usual }: TrendsTabProps & { ranges: Range[]; usual: Range }) {
  const [chosen, setRange] = useQueryState("range", parseAsStringLiteral(RANGES));
  const [isTable, setTable] = useState(false);
  const range = chosen !== null && ranges.includes(chosen) ? chosen : usual;
  // In the query key, because a run that ends changes the figures.
  const marks = `${value.activeRuns} ${value.lastSuccessAt}`;
  const query = trendsQuery(value.id, boundsOf(range, value.schedule.every, Date.now()));
  const trends = useQuery({ ...query, queryKey: [...query.queryKey, marks] });
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Select
          aria-label="Show windows of"
          className="w-44"
          options={ranges.map((one) => ({ value: one, label: RANGE_WORDS[one] }))}
          value={range}
          onChange={setRange}
        />
        <Button onClick={() => setTable(!isTable)}>
          {isTable ? <ChartColumn aria-hidden /> : <Table2 aria-hidden />} {isTable ? "Show charts" : "Show as a table"}
        </Button>
      </div>
      {trends.isPending && <Skeleton label="Loading charts" className="h-[22rem] w-full" />}
      {trends.isError && <ErrorState title="Couldn’t load charts" error={trends.error} onRetry={trends.refetch} />}
      {trends.data && <Shown trends={trends.data} isTable={isTable} onOpenRun={onOpenRun} />}
    </div>
  );
}

interface ShownProps extends Pick<TrendsTabProps, "onOpenRun"> {
  trends: Trends;
  isTable: boolean;
}

function Shown({ trends: { points, windowsPerPoint }, isTable, onOpenRun }: ShownProps) {
  const [at, setAt] = useState<number | null>(null);
  const open = ({ runId }: TrendPoint) => runId !== null && onOpenRun(runId);
  if (points.every(({ state }) => state === "not_expected" || state === "due"))
    return (
      <EmptyState icon={<ChartColumn aria-hidden />} title="Nothing to show yet">
        No windows in this range were exported or expected.
      </EmptyState>
    );
  return (
    <>
      {windowsPerPoint > 1 && (
        <p className="text-muted text-xs">
          Each {isTable ? "line" : "bar"} is {windowsPerPoint} windows: rows and bytes are their sum, duration and lag
          the longest. It opens the run that failed or, if none did, the one that took longest.
        </p>
      )}
      {isTable ? (
        <TrendsTable points={points} onOpen={open} />
      ) : (
        <>
          <div className="grid gap-x-8 gap-y-6 rounded-xl border border-border bg-surface p-4 shadow-raised lg:grid-cols-2">
            {MEASURES.map((measure) => (
              <TrendChart
                key={measure.key}
                measure={measure}
                points={points}
                at={at !== null && at < points.length ? at : null}
                onLook={setAt}
                onOpen={open}
              />
            ))}
          </div>
          <TrendLegend points={points} />
        </>
      )}
    </>
  );
}
