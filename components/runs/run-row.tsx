"use client";

import { Td, Tr } from "@/components/ui/table";
import { RelativeTime } from "@/components/ui/time";
import { formatBytes, formatCount, formatInterval, formatShort } from "@/lib/client/format";
import type { Run } from "@/lib/schemas/run";
import { RunDuration } from "./duration";
import { RunButtons } from "./run-buttons";
import { RunStateBadge } from "./run-state";

const triggers: Record<Run["trigger"], string | null> = {
  schedule: null,
  retry: "Retry",
  historic: "Historic export",
  once: "Once",
  heal: "Healed",
};

const number = (value: number | null, format: (value: number) => string) => (value === null ? "–" : format(value));

/** One run; a click anywhere on the row opens it. */
export function RunRow({ run, onOpen }: { run: Run; onOpen: (run: Run) => void }) {
  const started = run.startedAt ?? run.createdAt;
  const trigger = triggers[run.trigger];
  return (
    <Tr className="relative transition-colors hover:bg-sunken/60">
      <Td className="hidden w-0 whitespace-nowrap md:table-cell">
        <RunStateBadge run={run} />
      </Td>
      <Td className="py-2.5">
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => onOpen(run)}
          className="rounded text-left font-medium after:absolute after:inset-0 after:content-[''] sm:whitespace-nowrap"
        >
          {formatInterval(run.intervalStart, run.intervalEnd)}
        </button>
        {trigger && <p className="text-muted text-xs">{trigger}</p>}
        {run.error && run.state === "Failed" && (
          <p className="line-clamp-2 max-w-md text-bad text-xs">{run.error.message}</p>
        )}
        <div className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs md:hidden">
          <RunStateBadge run={run} />
          {run.rows !== null && <span>{formatShort(run.rows)} rows</span>}
          <RunDuration run={run} />
        </div>
      </Td>
      <Td className="hidden text-muted lg:table-cell">
        <RelativeTime value={started} />
      </Td>
      <Td className="hidden text-right md:table-cell">
        <RunDuration run={run} />
      </Td>
      <Td className="hidden text-right md:table-cell">{number(run.rows, formatCount)}</Td>
      <Td className="hidden whitespace-nowrap text-right lg:table-cell">{number(run.bytes, formatBytes)}</Td>
      <Td className="hidden text-right lg:table-cell">{number(run.files, formatCount)}</Td>
      <Td className="hidden text-right lg:table-cell">{run.attempt}</Td>
      <Td className="w-0 pr-2">
        <div className="relative z-10 flex justify-end">
          <RunButtons run={run} />
        </div>
      </Td>
    </Tr>
  );
}
