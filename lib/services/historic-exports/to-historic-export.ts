import type { HistoricExportRow } from "@/lib/db/rows";
import type { HistoricExport } from "@/lib/schemas/historic-export";
import type { Progress } from "./progress";

const NOT_BEGUN: Progress = {
  windowsCompleted: 0,
  windowsFailed: 0,
  windowsCancelled: 0,
  windowsRunning: 0,
  rows: 0,
};

/** Converts to API form. Omit `progress` if no run has started. */
export function toHistoricExport(row: HistoricExportRow, progress: Progress = NOT_BEGUN): HistoricExport {
  return {
    id: row.id,
    exportId: row.exportId,
    start: row.rangeStart.toISOString(),
    end: row.rangeEnd.toISOString(),
    state: row.state,
    windows: row.windows,
    ...progress,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
