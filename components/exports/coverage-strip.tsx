"use client";

import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "@/components/ui/skeleton";
import { useTime } from "@/lib/client/use-time";
import type { Export } from "@/lib/schemas/export";
import type { Coverage } from "@/lib/schemas/run";
import { CoverageCells } from "./coverage-cells";
import { CoverageLegend } from "./coverage-legend";
import { coverageView } from "./coverage-view";
import { recentCoverageQuery } from "./recent-coverage";

/** Which recent windows are committed and which are not. Renders nothing for one-time exports. */
export function CoverageStrip({ value }: { value: Export }) {
  const query = recentCoverageQuery(value, new Date(useTime()));
  return query && <Windows query={query} />;
}

function Windows({ query: { words, ...query } }: { query: NonNullable<ReturnType<typeof recentCoverageQuery>> }) {
  const coverage = useQuery({ ...query, placeholderData: (last) => last });
  if (coverage.isError) return <p className="px-4 py-3 text-muted">Coverage is unavailable right now.</p>;
  if (coverage.isPending)
    return (
      <div className="px-4 py-3">
        {/* As high as the counts, the bars, and one line of their legend. */}
        <Skeleton className="h-20 w-full sm:h-18" />
      </div>
    );
  return <Strip windows={coverage.data} words={words} />;
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
