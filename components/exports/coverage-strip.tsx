"use client";

import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "@/components/ui/skeleton";
import { coverageQuery } from "@/lib/client/queries";
import type { Export } from "@/lib/schemas/export";
import type { Coverage } from "@/lib/schemas/run";
import { CoverageCells } from "./coverage-cells";
import { CoverageLegend } from "./coverage-legend";
import { type CoverageSpan, coverageSpan } from "./coverage-span";
import { coverageView } from "./coverage-view";

/** Which recent windows are committed and which are not. Renders nothing for one-time exports. */
export function CoverageStrip({ value }: { value: Export }) {
  const span = coverageSpan(value.schedule.every, new Date());
  return span && <Windows value={value} span={span} />;
}

function Windows({ value, span }: { value: Export; span: CoverageSpan }) {
  // In the query key, because a run that starts or ends changes coverage.
  const marks = `${value.activeRuns} ${value.lastSuccessAt}`;
  const query = coverageQuery(value.id, span.from.toISOString(), span.to.toISOString());
  const coverage = useQuery({ ...query, queryKey: [...query.queryKey, marks], placeholderData: (last) => last });
  if (coverage.isError) return <p className="px-4 py-3 text-muted">Coverage is unavailable right now.</p>;
  if (coverage.isPending)
    return (
      <div className="px-4 py-3">
        {/* As high as the counts, the bars, and one line of their legend. */}
        <Skeleton className="h-20 w-full sm:h-18" />
      </div>
    );
  return <Strip windows={coverage.data} words={span.words} />;
}

function Strip({ windows, words }: { windows: readonly Coverage[]; words: string }) {
  const { summary, shown, note } = coverageView(windows);
  return (
    <section aria-label="Coverage" className="px-4 py-3">
      <p className="mb-2 flex flex-wrap justify-between gap-x-4 text-xs">
        <span className="text-muted">Coverage of {words}</span>
        <span>{summary}</span>
      </p>
      <CoverageCells windows={shown} />
      <CoverageLegend windows={shown} />
      {note && <p className="mt-1.5 text-muted text-xs">{note}</p>}
    </section>
  );
}
