import type { ExportRow } from "@/lib/db/rows";

/** What the audit log tells of an export. */
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
});

/** How the audit log calls an export. */
export const exportObject = ({ id, name, projectId }: ExportRow) => ({ object: { id, name }, projectId });
