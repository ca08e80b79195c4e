"use client";

import { useQuery } from "@tanstack/react-query";
import { Download, ScrollText } from "lucide-react";
import { useState } from "react";
import { buttonStyle } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { isActive } from "@/lib/client/polling";
import { runLogAddress, runLogsQuery } from "@/lib/client/queries";
import { useDebounced } from "@/lib/client/use-debounced";
import type { LogLevel, Run } from "@/lib/schemas/run";
import { LogLines } from "./log-lines";

const LEVELS = [
  { value: "debug", label: "All lines" },
  { value: "info", label: "Info and above" },
  { value: "warn", label: "Warnings and errors" },
  { value: "error", label: "Errors only" },
] as const satisfies readonly { value: LogLevel; label: string }[];

/** A run's log with filters for level and text; grows while the run is active. */
export function RunLogView({ run }: { run: Run }) {
  const [level, setLevel] = useState<LogLevel>("debug");
  const [typed, setTyped] = useState("");
  const text = useDebounced(typed.trim(), 300);
  const filter = { ...(level !== "debug" && { level }), ...(text !== "" && { text }) };
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Input
          type="search"
          aria-label="Find in the log"
          placeholder="Find in messages and files"
          className="flex-1 basis-48 max-sm:basis-full"
          value={typed}
          maxLength={200}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Select
          aria-label="Show lines by level"
          className="w-48 max-sm:flex-1"
          options={LEVELS}
          value={level}
          onChange={setLevel}
        />
        <a href={runLogAddress(run.id, filter)} download className={buttonStyle()}>
          <Download aria-hidden /> Download
        </a>
      </div>
      <Lines run={run} filter={filter} />
    </div>
  );
}

function Lines({ run, filter }: { run: Run; filter: { level?: LogLevel; text?: string } }) {
  const logs = useQuery(runLogsQuery(run, filter));
  if (logs.isPending)
    return (
      <div role="status" aria-label="Loading the log">
        <Skeleton className="h-40 w-full" />
      </div>
    );
  if (logs.isError) return <ErrorState title="Couldn’t load the log" error={logs.error} onRetry={logs.refetch} />;
  if (logs.data.length > 0) return <LogLines lines={logs.data} follow={isActive(run)} />;
  const filtered = Object.keys(filter).length > 0;
  return (
    <EmptyState icon={<ScrollText aria-hidden />} title={filtered ? "No matching lines" : "No lines"}>
      {isActive(run)
        ? "Lines appear here as the run progresses."
        : filtered
          ? "Try other words, or all levels."
          : "Nothing was logged, or the log is so old that it was removed."}
    </EmptyState>
  );
}
