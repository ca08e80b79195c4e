import { runs } from "@/lib/db/schema";

/**
 * A run's columns for lists and pages. Excludes the receipt, which may name thousands of files and is read on demand.
 */
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
