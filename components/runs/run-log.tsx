"use client";

import { useQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { useState } from "react";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { formatClock } from "@/lib/client/format";
import { isActive } from "@/lib/client/polling";
import { runLogsQuery } from "@/lib/client/queries";
import { LOG_LEVELS, type LogLevel, type Run, type RunLog } from "@/lib/schemas/run";

const tones: Record<LogLevel, string> = { debug: "text-idle", info: "text-info", warn: "text-warn", error: "text-bad" };

const FILTERS = [
  { value: "debug", label: "All lines" },
  { value: "info", label: "Info and above" },
  { value: "warn", label: "Warnings and errors" },
  { value: "error", label: "Errors only" },
] as const satisfies readonly { value: LogLevel; label: string }[];

/** A run's log, which grows while the run is at work. */
export function RunLogView({ run }: { run: Run }) {
  const logs = useQuery(runLogsQuery(run));
  const [least, setLeast] = useState<LogLevel>("debug");
  if (logs.isPending) return <Skeleton className="h-40 w-full" />;
  if (logs.isError) return <ErrorState title="The log can't be loaded" error={logs.error} onRetry={logs.refetch} />;
  const lines = logs.data.filter(({ level }) => LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(least));
  return (
    <div className="flex flex-col gap-3">
      <Select aria-label="Show lines by level" className="w-52" options={FILTERS} value={least} onChange={setLeast} />
      {lines.length === 0 ? (
        <EmptyState icon={<ScrollText aria-hidden />} title="No lines">
          {isActive(run) ? "Lines appear here as the run goes on." : "Nothing of this level was written."}
        </EmptyState>
      ) : (
        <ol
          role="log"
          aria-label="Log"
          className="divide-y divide-border overflow-hidden rounded-xl border border-border font-mono text-xs leading-5"
        >
          {lines.map((line) => (
            <LogLine key={line.id} line={line} />
          ))}
        </ol>
      )}
    </div>
  );
}

function LogLine({ line }: { line: RunLog }) {
  return (
    <li className="grid grid-cols-[auto_auto_1fr] gap-x-3 px-3 py-1.5">
      <time dateTime={line.time} title={line.time} className="text-muted">
        {formatClock(line.time)}
      </time>
      <span className={`w-10 ${tones[line.level]}`}>{line.level}</span>
      <span className="min-w-0 break-words">
        {line.message}
        {line.file && <span className="block break-all text-muted">{line.file}</span>}
      </span>
    </li>
  );
}
