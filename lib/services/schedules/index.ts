// An export's schedule: its timeline, its rests, and the sync to Temporal.
export { applyPending } from "./apply-pending";
export { blockedBy, type Gate, isResting } from "./blocked";
export { gateChanged, nextVersion } from "./gate-changed";
export { lastedAfter, loadRests, noteRests, restsOf, whole } from "./rests";
export { timelineOf } from "./timeline";
