import type { RunState } from "@/lib/fields/run-state";

const NEXT: Record<RunState, readonly RunState[]> = {
  Starting: ["Running", "Failed", "Cancelled"],
  // A run that plans anew stays Running.
  Running: ["Running", "Completed", "Failed", "Cancelled"],
  Completed: [],
  Failed: [],
  Cancelled: [],
};

/** From which states a run may come into `state`: what a write of the state asks for in its WHERE. */
export const statesBefore = (state: RunState): RunState[] =>
  (Object.keys(NEXT) as RunState[]).filter((from) => NEXT[from].includes(state));
