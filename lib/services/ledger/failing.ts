import type { ExportRow, RunRow } from "@/lib/db/rows";

type Export = Pick<ExportRow, "paused" | "pauseAfterFailures" | "failuresInRow">;

/**
 * Whether a run's outcome counts for its export. Windows of a historic export and their retries are reported as a
 * whole.
 */
export const counts = ({ historicExportId }: Pick<RunRow, "historicExportId">): boolean => historicExportId === null;

/** The failure count after one more failed window, and whether the export pauses itself now. */
export function oneMoreFailure({ paused, pauseAfterFailures, failuresInRow }: Export) {
  const failures = failuresInRow + 1;
  return { failures, pauses: !paused && pauseAfterFailures > 0 && failures >= pauseAfterFailures };
}
