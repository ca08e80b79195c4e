import { formatInterval, formatTime } from "@/lib/client/format";
import type { CreateExport } from "@/lib/schemas/export";
import { clip, nextRunAt, windowEndingAt } from "@/lib/windows";

type Timing = Pick<CreateExport, "schedule" | "startAt" | "endAt">;

const asDate = (iso: string | null) => (iso === null ? null : new Date(iso));

/** When the first run comes and what it carries, in a sentence. */
export function firstRunWords({ schedule, startAt, endAt }: Timing, now: Date): string {
  const bounds = { startAt: asDate(startAt), endAt: asDate(endAt) };
  const at = nextRunAt(schedule, bounds, now);
  if (!at) return "No run will come: the end date has passed. Past data can still be exported with a historic export.";
  const window = clip(windowEndingAt(schedule, at), bounds);
  if (!window) return `The first run comes at ${formatTime(at.toISOString())}.`;
  const carries = formatInterval(window.start.toISOString(), window.end.toISOString());
  return `The first run comes at ${formatTime(at.toISOString())} and carries what arrived ${carries} UTC.`;
}
