import type { ExportRow } from "@/lib/db/rows";
import type { Timeline } from "@/lib/windows";

/** An export's current and past schedules, which define its windows. */
export const timelineOf = ({ schedule, pastSchedules }: Pick<ExportRow, "schedule" | "pastSchedules">): Timeline => ({
  ...schedule,
  past: pastSchedules,
});
