/** States of a run or historic export in the API. */
export const RUN_STATES = ["Starting", "Running", "Completed", "Failed", "Cancelled"] as const;
/** The same in the activity log, which calls a completed run done. */
export const ACTIVITY_STATES = ["Starting", "Running", "Done", "Failed", "Cancelled"] as const;

export type RunState = (typeof RUN_STATES)[number];

/** States that a run or historic export can still leave. A run in one of them holds its window. */
export const activeStates: RunState[] = ["Starting", "Running"];

export const isActive = (state: string): boolean => (activeStates as string[]).includes(state);

/** What a run was started by. */
export const RUN_TRIGGERS = ["schedule", "retry", "historic", "once", "heal"] as const;
