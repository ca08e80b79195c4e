import type { ExportRow, RunRow } from "@/lib/db/rows";

type Export = Pick<ExportRow, "paused" | "pauseAfterFailures" | "failuresInRow">;

/** Whether a run's end counts for its export: windows of a historic export, and retries of such, are told of as a whole. */
export const counts = ({ historicExportId }: Pick<RunRow, "historicExportId">): boolean => historicExportId === null;

/** What one more window that failed for good makes of an export: the count, and whether the export pauses itself now. */
export function oneMoreFailure({ paused, pauseAfterFailures, failuresInRow }: Export) {
  const failures = failuresInRow + 1;
  return { failures, pauses: !paused && pauseAfterFailures > 0 && failures >= pauseAfterFailures };
}
