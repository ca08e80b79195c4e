"use client";

import { RotateCcw } from "lucide-react";
import { useRunActions } from "@/components/runs/use-run-actions";
import { Button } from "@/components/ui/button";
import { formatInterval } from "@/lib/client/format";
import { useMay } from "@/lib/client/use-may";
import type { Check } from "@/lib/schemas/check";
import type { Export } from "@/lib/schemas/export";
import { adviceOf } from "./check-advice";

/** What to do about a finding that waits for a person. */
export function CheckAgain({ check, exported }: { check: Check; exported: Export }) {
  const advice = adviceOf(check, exported);
  if (!advice) return null;
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
      {advice.words && <p className="max-w-prose text-muted">{advice.words}</p>}
      {advice.again && <AgainButton check={check} label={advice.again} />}
    </div>
  );
}

/** Runs the window of the checked receipt again. */
function AgainButton({ check: { runId, intervalStart, intervalEnd }, label }: { check: Check; label: string }) {
  const { retry } = useRunActions({ id: runId, intervalStart, intervalEnd });
  if (!useMay("runs.start")) return null;
  return (
    <Button
      size="sm"
      aria-label={`${label}: ${formatInterval(intervalStart, intervalEnd)}`}
      onClick={() => retry.mutate()}
      pending={retry.isPending || retry.isSuccess}
    >
      {!(retry.isPending || retry.isSuccess) && <RotateCcw aria-hidden />} {label}
    </Button>
  );
}
