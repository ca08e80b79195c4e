"use client";

import { useNow } from "@/components/ui/time";
import { formatDuration } from "@/lib/client/format";
import { isActive } from "@/lib/client/polling";
import type { Run } from "@/lib/schemas/run";

/** How long a run took; ticks only while the run is active. */
export function RunDuration({ run }: { run: Run }) {
  const ticking = isActive(run) && run.startedAt !== null;
  const now = useNow(1000, ticking);
  if (run.startedAt === null) return <span className="text-muted">–</span>;
  const end = run.finishedAt ? Date.parse(run.finishedAt) : ticking ? now : null;
  if (end === null) return <span className="text-muted">–</span>;
  return <span className="whitespace-nowrap">{formatDuration(end - Date.parse(run.startedAt))}</span>;
}
