import type { ExportRow } from "@/lib/db/rows";
import type { Timeline } from "@/lib/windows";

/** An export's schedule with those it had before: what its windows are reckoned by. */
export const timelineOf = ({ schedule, pastSchedules }: Pick<ExportRow, "schedule" | "pastSchedules">): Timeline => ({
  ...schedule,
  past: pastSchedules,
});
