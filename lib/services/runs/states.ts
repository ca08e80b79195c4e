import type { RunState } from "@/lib/schemas/run";
import { ACTIVE_STATES } from "@/lib/services/run-engine/state";

/** The states that a run, or a historic export, can still leave. */
export const activeStates: RunState[] = [...ACTIVE_STATES];

export const isActive = (state: RunState): boolean => activeStates.includes(state);
