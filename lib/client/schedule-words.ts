import type { Schedule } from "@/lib/schemas/schedule";

/** A schedule as people say it: `Every hour`, `Every day at 06:00 Europe/Berlin`. */
export function scheduleWords({ every, timezone, atHour }: Schedule): string {
  if (every === "hour") return "Every hour";
  return `Every day at ${String(atHour).padStart(2, "0")}:00 ${timezone}`;
}
