/** States of a run, and of a historic export, as the API answers them. */
export const RUN_STATES = ["Starting", "Running", "Completed", "Failed", "Cancelled"] as const;
/** The same as the activity log has them, which calls a completed run done. */
export const ACTIVITY_STATES = ["Starting", "Running", "Done", "Failed", "Cancelled"] as const;

export type RunState = (typeof RUN_STATES)[number];

/** The states that a run, or a historic export, can still leave; a run in one of them holds its window. */
export const activeStates: RunState[] = ["Starting", "Running"];

export const isActive = (state: string): boolean => (activeStates as string[]).includes(state);
