"use client";

import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/client/cn";
import { formatInterval, plural } from "@/lib/client/format";
import { coverageQuery } from "@/lib/client/queries";
import type { Export } from "@/lib/schemas/export";
import type { Coverage } from "@/lib/schemas/run";
import { type CoverageSpan, coverageSpan } from "./coverage-span";

/** An earlier, more frequent schedule may have more windows than fit. */
const SHOWN = 60;

/** Height distinguishes the states in addition to color. */
const cells: Record<Coverage["state"], { style: string; word: string }> = {
  committed: { style: "h-full bg-ok-solid", word: "committed" },
  broken: { style: "h-4/5 bg-bad-solid", word: "broken" },
  running: { style: "h-full animate-pulse bg-info-solid", word: "running" },
  failed: { style: "h-3/5 bg-bad-solid", word: "failed" },
  cancelled: { style: "h-2/5 bg-idle-solid", word: "cancelled" },
  missing: { style: "h-1 bg-border-strong", word: "not exported" },
  due: { style: "h-1 bg-info-solid", word: "due" },
  not_expected: { style: "h-px bg-border", word: "not expected" },
};

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
  if (coverage.isError) return <p className="px-4 py-3 text-muted">Coverage can’t be told right now.</p>;
  if (coverage.isPending)
    return (
      <div className="px-4 py-3">
        <Skeleton className="h-11 w-full" />
      </div>
    );
  return <Strip windows={coverage.data.slice(-SHOWN)} words={span.words} />;
}

function summary(windows: readonly Coverage[]): string {
  const counts = new Map<string, number>();
  for (const { state } of windows) counts.set(cells[state].word, (counts.get(cells[state].word) ?? 0) + 1);
  // A due window is not late yet, so it doesn't count, and neither does one that was never expected.
  const past = windows.filter(({ state }) => state !== "due" && state !== "not_expected").length;
  const rest = [...counts]
    .filter(([word]) => word !== "committed" && word !== "not expected")
    .map(([word, count]) => `${count} ${word}`);
  return [`${counts.get("committed") ?? 0} of ${plural(past, "window")} committed`, ...rest].join(" · ");
}

function Strip({ windows, words }: { windows: readonly Coverage[]; words: string }) {
  const text = summary(windows);
  return (
    <section aria-label="Coverage" className="px-4 py-3">
      <p className="mb-2 flex flex-wrap justify-between gap-x-4 text-xs">
        <span className="text-muted">Coverage of {words}</span>
        <span>{text}</span>
      </p>
      <div aria-hidden className="flex h-5 items-end gap-px sm:gap-[3px]">
        {windows.map((window) => (
          <span
            key={window.start}
            title={`${formatInterval(window.start, window.end)} UTC: ${cells[window.state].word}${
              window.rows === undefined ? "" : `, ${plural(window.rows, "row")}`
            }`}
            className="flex h-full min-w-0 flex-1 items-end"
          >
            <span className={cn("w-full rounded-[3px]", cells[window.state].style)} />
          </span>
        ))}
      </div>
    </section>
  );
}
