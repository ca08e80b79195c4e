import type { ExportRow, RunRow } from "@/lib/db/rows";
import type { Failure } from "@/lib/errors";
import { WOULD_SHRINK } from "@/lib/failure-codes";

type Export = Pick<ExportRow, "paused" | "pauseAfterFailures" | "failuresInRow">;

/**
 * Whether a run's outcome counts for its export. Windows of a historic export and their retries are reported as a
 * whole, and a heal that failed leaves its window as it was: the check that asked for it reports it.
 */
export const counts = ({ historicExportId, trigger }: Pick<RunRow, "historicExportId" | "trigger">): boolean =>
  historicExportId === null && trigger !== "heal";

/**
 * The failure count after one more failed window, and whether the export pauses itself now. A window that would shrink
 * has its receipt: the export works, and only a person can decide.
 */
export function oneMoreFailure({ paused, pauseAfterFailures, failuresInRow }: Export, { code }: Pick<Failure, "code">) {
  if (code === WOULD_SHRINK) return { failures: failuresInRow, pauses: false };
  const failures = failuresInRow + 1;
  return { failures, pauses: !paused && pauseAfterFailures > 0 && failures >= pauseAfterFailures };
}
