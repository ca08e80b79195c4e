"use client";

import { Ban, RotateCcw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { formatInterval } from "@/lib/client/format";
import { isActive } from "@/lib/client/polling";
import { useMay } from "@/lib/client/use-may";
import type { Run } from "@/lib/schemas/run";
import { useRunActions } from "./use-run-actions";

/** Cancels an active run, or retries a finished one. */
export function RunButtons({ run, onRetried }: { run: Run; onRetried?: (fresh: Run) => void }) {
  const { retry, cancel } = useRunActions(run, onRetried);
  const may = useMay("runs.start");
  if (!may) return null;
  const words = `the run of ${formatInterval(run.intervalStart, run.intervalEnd)}`;
  if (isActive(run))
    return (
      <Button
        size="sm"
        aria-label={`Cancel ${words}`}
        onClick={() => cancel.mutate()}
        pending={cancel.isPending || cancel.isSuccess}
      >
        {!(cancel.isPending || cancel.isSuccess) && <Ban aria-hidden />} Cancel
      </Button>
    );
  return (
    <Button
      size="sm"
      variant={run.state === "Completed" ? "ghost" : "secondary"}
      aria-label={`Retry ${words}`}
      onClick={() => retry.mutate()}
      pending={retry.isPending}
    >
      {!retry.isPending && <RotateCcw aria-hidden />} Retry
    </Button>
  );
}
