import { CircleX, RotateCw } from "lucide-react";
import type { Run } from "@/lib/schemas/run";
import { Fix } from "./fix";
import { isRetrying } from "./run-state";

/** What went wrong and how to fix it; amber while the run still retries. */
export function RunFailure({ run, error }: { run: Run; error: NonNullable<Run["error"]> }) {
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
          {retrying && ` It is tried again by itself: attempt ${run.attempt}.`}
        </span>
      </p>
      {error.fix && (
        <div className="mt-2">
          <Fix {...error} />
        </div>
      )}
      <p className="mt-2 pl-6 font-mono text-muted text-xs">{error.code}</p>
    </div>
  );
}
