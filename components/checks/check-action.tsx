import type { RunState } from "@/lib/fields/run-state";
import type { Check } from "@/lib/schemas/check";

type Action = NonNullable<Check["action"]>;

const WORDS: Record<Action["type"], { done: string; active: string; failed: string }> = {
  heal: { done: "Healed by a run", active: "A run heals it", failed: "The run that should heal it failed" },
  repair: { done: "Repaired by a run", active: "A run repairs it", failed: "The run that should repair it failed" },
};

const FORMS: Record<RunState, keyof (typeof WORDS)["heal"]> = {
  Starting: "active",
  Running: "active",
  Completed: "done",
  Failed: "failed",
  Cancelled: "failed",
};

/** The run that mended what a check found, or tries to. */
export function CheckAction({ check: { action }, onOpenRun }: { check: Check; onOpenRun: (id: string) => void }) {
  if (!action) return null;
  return (
    <p className="mt-1">
      {WORDS[action.type][FORMS[action.state]]}:{" "}
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => onOpenRun(action.runId)}
        className="rounded font-medium underline"
      >
        open the run
      </button>
    </p>
  );
}
