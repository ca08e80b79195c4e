// An export's schedule: its timeline, its rests, and Temporal's schedule kept in line.
export { applyPending } from "./apply-pending";
export { blockedBy, type Gate, isResting } from "./blocked";
export { gateChanged, nextVersion } from "./gate-changed";
export { lastedAfter, loadRests, noteRests, whole } from "./rests";
export { timelineOf } from "./timeline";
