import { runs } from "@/lib/db/schema";

/** What lists and pages show of a run. A receipt may name thousands of files: it is read where it is asked for. */
export const runColumns = {
  id: runs.id,
  organizationId: runs.organizationId,
  projectId: runs.projectId,
  exportId: runs.exportId,
  historicExportId: runs.historicExportId,
  retryOf: runs.retryOf,
  requestId: runs.requestId,
  workflowId: runs.workflowId,
  trigger: runs.trigger,
  state: runs.state,
  intervalStart: runs.intervalStart,
  intervalEnd: runs.intervalEnd,
  attempt: runs.attempt,
  supersededBy: runs.supersededBy,
  rows: runs.rows,
  bytes: runs.bytes,
  files: runs.files,
  error: runs.error,
  requestedBy: runs.requestedBy,
  createdAt: runs.createdAt,
  startedAt: runs.startedAt,
  finishedAt: runs.finishedAt,
};
