import type { ExportRow } from "@/lib/db/rows";
import type { PauseReason } from "@/lib/schemas/export";

type Pausing = Pick<ExportRow, "paused" | "pause" | "failuresInRow">;

export const byPerson = (at: Date): PauseReason => ({
  by: "person",
  at: at.toISOString(),
  since: null,
  failures: 0,
  error: null,
});

/**
 * An export's pause state after a person pauses or resumes it. A paused export keeps its reason; resuming resets its
 * failure count.
 */
export function pausing({ paused, pause, failuresInRow }: Pausing, wanted: boolean, now: Date): Pausing {
  if (wanted === paused) return { paused, pause, failuresInRow };
  return wanted
    ? { paused: true, pause: byPerson(now), failuresInRow }
    : { paused: false, pause: null, failuresInRow: 0 };
}
