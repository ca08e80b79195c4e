import type { ExportRow } from "@/lib/db/rows";
import type { PauseReason } from "@/lib/schemas/export";

type Pausing = Pick<ExportRow, "paused" | "pause" | "failuresInRow">;

/** A pause that a person made. */
export const byPerson = (at: Date): PauseReason => ({
  by: "person",
  at: at.toISOString(),
  since: null,
  failures: 0,
  error: null,
});

/**
 * What becomes of an export's pause when a person wants it paused or not. One that is paused already keeps its reason;
 * whoever resumes it forgives it its failures.
 */
export function pausing({ paused, pause, failuresInRow }: Pausing, wanted: boolean, now: Date): Pausing {
  if (wanted === paused) return { paused, pause, failuresInRow };
  return wanted
    ? { paused: true, pause: byPerson(now), failuresInRow }
    : { paused: false, pause: null, failuresInRow: 0 };
}
