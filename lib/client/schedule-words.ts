import type { Schedule } from "@/lib/schemas/schedule";

/** A schedule as people say it, and the zone of its hour where that matters. */
export function scheduleParts({ every, timezone, atHour }: Schedule): { when: string; zone: string | null } {
  if (every === "hour") return { when: "Every hour", zone: null };
  return { when: `Every day at ${String(atHour).padStart(2, "0")}:00`, zone: timezone };
}

/** Both in one line: `Every hour`, `Every day at 06:00 Europe/Berlin`. */
export function scheduleWords(schedule: Schedule): string {
  const { when, zone } = scheduleParts(schedule);
  return zone === null ? when : `${when} ${zone}`;
}
