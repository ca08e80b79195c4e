import type { RunState } from "@/lib/fields/run-state";

const NEXT: Record<RunState, readonly RunState[]> = {
  Starting: ["Running", "Failed", "Cancelled"],
  // A run that replans stays Running.
  Running: ["Running", "Completed", "Failed", "Cancelled"],
  Completed: [],
  Failed: [],
  Cancelled: [],
};

/** States from which a run may enter `state`, for the WHERE clause of its update. */
export const statesBefore = (state: RunState): RunState[] =>
  (Object.keys(NEXT) as RunState[]).filter((from) => NEXT[from].includes(state));
