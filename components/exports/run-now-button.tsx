"use client";

import { Play } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import type { Export } from "@/lib/schemas/export";
import { runProblem, useRunNow } from "./use-run-now";

/** Exports the window that just ended, without waiting for the schedule. */
export function RunNowButton({ value }: { value: Export }) {
  const run = useRunNow(value);
  const problem = runProblem(value);
  const id = useId();
  return (
    <>
      <Button
        onClick={() => run.mutate()}
        pending={run.isPending}
        disabled={problem !== null}
        aria-describedby={problem ? id : undefined}
      >
        {!run.isPending && <Play aria-hidden />} Run now
      </Button>
      {problem && (
        <span id={id} className="sr-only">
          {problem}
        </span>
      )}
    </>
  );
}
