import { formatInterval, formatTime } from "@/lib/client/format";
import type { CreateExport } from "@/lib/schemas/export";
import { boundsOf, clip, nextRunAt, windowEndingAt } from "@/lib/windows";

type Timing = Pick<CreateExport, "model" | "schedule" | "startAt" | "endAt">;

/** When the first run starts and what it carries, in a sentence. */
export function firstRunWords(timing: Timing, now: Date): string {
  const { schedule } = timing;
  if (schedule.every === "once") return onceWords(timing, now);
  const bounds = boundsOf(timing, now);
  const at = nextRunAt(schedule, bounds, now);
  if (!at) return "No runs will start: the end date has passed. You can still export past data with a historic export.";
  const window = clip(windowEndingAt(schedule, at), bounds);
  if (!window) return `The first run starts at ${formatTime(at.toISOString())}.`;
  const carries = formatInterval(window.start.toISOString(), window.end.toISOString());
  return `The first run starts at ${formatTime(at.toISOString())} and exports what arrived ${carries} UTC.`;
}

function onceWords(timing: Timing, now: Date): string {
  const { startAt, endAt } = boundsOf(timing, now);
  const end = (endAt ?? now).toISOString();
  if (!startAt) {
    const what = timing.model === "persons" ? "all profiles as they were at" : "everything that arrived until";
    return `Starts right away and exports ${what} ${formatTime(end)}.`;
  }
  return `Starts right away and exports what arrived ${formatInterval(startAt.toISOString(), end)} UTC.`;
}
