import type { ExportRow } from "@/lib/db/rows";
import { exports } from "@/lib/db/schema";
import { writingOf } from "@/lib/destinations/writing";
import type { Activity } from "@/lib/schemas/activity";
import type { ListedRun } from "@/lib/services/runs";

/** The export columns that the activity log shows. */
export const exportColumns = {
  id: exports.id,
  name: exports.name,
  model: exports.model,
  destination: exports.destination,
};

interface Found {
  run: ListedRun;
  exported: Pick<ExportRow, keyof typeof exportColumns>;
  /** Who requested the run's historic export. */
  askedFor: string | null;
}

export function toActivity({ run, exported, askedFor }: Found): Activity {
  return {
    requestId: run.requestId,
    runId: run.id,
    exportId: exported.id,
    exportName: exported.name,
    historicExportId: run.historicExportId,
    trigger: run.trigger,
    type: exported.model,
    ...writingOf(exported.destination).words(exported.destination),
    intervalStart: run.intervalStart.toISOString(),
    intervalEnd: run.intervalEnd.toISOString(),
    state: run.state === "Completed" ? "Done" : run.state,
    // A retry of a historic export's window has its own requester.
    requestedBy: run.requestedBy ?? (run.trigger === "historic" ? askedFor : null),
    createdAt: run.createdAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    rows: run.rows,
    files: run.files,
  };
}
