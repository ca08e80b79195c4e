import type { RunState } from "@/lib/schemas/run";

/** The states that a run, or a historic export, can still leave. */
export const ACTIVE_STATES: RunState[] = ["Starting", "Running"];

export const isActive = (state: RunState): boolean => ACTIVE_STATES.includes(state);
