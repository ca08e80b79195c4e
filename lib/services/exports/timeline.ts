import type { Timeline } from "@/lib/windows";
import type { ExportRow } from "./load";

/** An export's schedule with those it had before: what its windows are reckoned by. */
export const timelineOf = ({ schedule, pastSchedules }: Pick<ExportRow, "schedule" | "pastSchedules">): Timeline => ({
  ...schedule,
  past: pastSchedules,
});
