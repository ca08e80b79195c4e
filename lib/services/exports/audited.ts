import type { ExportRow } from "@/lib/db/rows";

/** Fields for the audit log. */
export const auditedExport = (row: ExportRow) => ({
  name: row.name,
  model: row.model,
  connectionId: row.connectionId,
  destination: row.destination,
  columns: row.columns,
  fileSchema: row.fileSchema,
  filters: row.filters,
  schedule: row.schedule,
  startAt: row.startAt,
  endAt: row.endAt,
  paused: row.paused,
  pauseAfterFailures: row.pauseAfterFailures,
  settleSeconds: row.settleSeconds,
  checks: row.checks,
});

/** An export's identity in the audit log. */
export const exportObject = ({ id, name, projectId }: ExportRow) => ({ object: { id, name }, projectId });
