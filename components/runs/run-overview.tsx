"use client";

import { ProgressLine } from "@/components/live/progress-line";
import { useRunProgress } from "@/components/live/use-run-progress";
import { Facts } from "@/components/ui/card";
import { CopyLine } from "@/components/ui/copy-line";
import { Progress } from "@/components/ui/progress";
import { formatBytes, formatCount, formatTime, plural } from "@/lib/client/format";
import { isActive } from "@/lib/client/polling";
import type { Run } from "@/lib/schemas/run";
import { RunDuration } from "./duration";
import { TRIGGERS } from "./trigger-words";

const orDash = <T,>(value: T | null, format: (value: T) => string) => (value === null ? "–" : format(value));

export function RunOverview({ run }: { run: Run }) {
  return (
    <div className="flex flex-col gap-5">
      <UnderWay run={run} />
      <Facts
        className="grid-cols-2"
        items={[
          ["Rows", orDash(run.rows, formatCount)],
          ["Bytes written", orDash(run.bytes, formatBytes)],
          ["Files", orDash(run.files, formatCount)],
          ["Attempts", formatCount(run.attempt)],
          ["Trigger", TRIGGERS[run.trigger]],
          ["Duration", <RunDuration key="duration" run={run} />],
          ["Started", orDash(run.startedAt, formatTime)],
          ["Finished", orDash(run.finishedAt, formatTime)],
          ["Interval start", formatTime(run.intervalStart)],
          ["Interval end", formatTime(run.intervalEnd)],
        ]}
      />
      <div className="border-border border-t pt-3">
        <CopyLine label="Request ID" value={run.requestId} copyLabel="Copy the request ID" />
      </div>
    </div>
  );
}

/** How far an active run is: its files, and its rows once they are known. */
function UnderWay({ run }: { run: Run }) {
  const progress = useRunProgress(run);
  if (!isActive(run) || run.files === null || run.files === 0) return null;
  const filesDone = Math.max(run.filesDone, progress?.filesDone ?? 0);
  return (
    <div className="flex flex-col gap-3">
      <div>
        <p className="mb-1.5 text-muted">
          {formatCount(filesDone)} of {plural(run.files, "file")} written
        </p>
        <Progress label="Files written" value={filesDone} max={run.files} />
      </div>
      {progress && <ProgressLine of={progress} label="Rows read" />}
    </div>
  );
}
