import { CircleX, RotateCw } from "lucide-react";
import { WOULD_SHRINK } from "@/lib/failure-codes";
import type { Run } from "@/lib/schemas/run";
import { AllowShrink } from "./allow-shrink";
import { Fix } from "./fix";
import { isRetrying } from "./run-state";

interface RunFailureProps {
  run: Run;
  error: NonNullable<Run["error"]>;
  onRetried: (fresh: Run) => void;
}

/** What went wrong and how to fix it; amber while the run still retries. */
export function RunFailure({ run, error, onRetried }: RunFailureProps) {
  const retrying = isRetrying(run);
  const Icon = retrying ? RotateCw : CircleX;
  return (
    <div
      role="status"
      className={`mb-4 rounded-xl border p-3.5 ${retrying ? "border-warn-solid/50 bg-warn-soft" : "border-bad-solid/40 bg-bad-soft"}`}
    >
      <p className={`flex gap-2 font-medium ${retrying ? "text-warn" : "text-bad"}`}>
        <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
        <span className="min-w-0 break-words">
          {error.message}
          {retrying && ` Retrying automatically: attempt ${run.attempt}.`}
        </span>
      </p>
      {error.fix && (
        <div className="mt-2">
          <Fix {...error} />
        </div>
      )}
      {run.state === "Failed" && error.code === WOULD_SHRINK && error.rows && (
        <div className="mt-3 pl-6">
          <AllowShrink run={run} rows={error.rows} onRetried={onRetried} />
        </div>
      )}
      <p className="mt-2 pl-6 font-mono text-muted text-xs">{error.code}</p>
    </div>
  );
}
