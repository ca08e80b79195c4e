import type { ExportRow } from "@/lib/db/rows";
import type { StoredPause } from "@/lib/schemas/export";
import type { Actor } from "@/lib/services/access";

type Pausing = Pick<ExportRow, "paused" | "pause" | "failuresInRow">;

type By = Pick<Actor, "kind" | "userId" | "name">;

export const byActor = ({ kind, userId, name }: By, at: Date): StoredPause => ({
  by: "person",
  ...(kind === "user" ? { userId } : { keyName: name }),
  at: at.toISOString(),
  since: null,
  failures: 0,
  error: null,
});

/**
 * An export's pause state after somebody pauses or resumes it. A paused export keeps its reason; resuming resets its
 * failure count.
 */
export function pausing({ paused, pause, failuresInRow }: Pausing, wanted: boolean, actor: By, now: Date): Pausing {
  if (wanted === paused) return { paused, pause, failuresInRow };
  return wanted
    ? { paused: true, pause: byActor(actor, now), failuresInRow }
    : { paused: false, pause: null, failuresInRow: 0 };
}
