// Exports: created, changed, paused, and checked for key conflicts.
export { checkKeys } from "./check-keys";
export { createExport } from "./create";
export { deleteExport } from "./delete";
export { startFirstRuns } from "./first-run";
export { getExport } from "./get";
export { keyPlaceOf } from "./key-place";
export { listExports } from "./list";
export { loadExport } from "./load";
export { lockAddress } from "./lock-places";
export { moveLeads } from "./note-leads";
export { noteMissingLeads } from "./note-missing-leads";
export { patchExport } from "./patch";
export { pauseExport } from "./pause";
export { resumeExport } from "./resume";
export { requireVerified } from "./verified";
