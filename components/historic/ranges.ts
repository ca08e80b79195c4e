import type { CreateHistoricExport } from "@/lib/schemas/historic-export";
import { HOUR } from "@/lib/units";

/** Common ranges, in hours. */
export const QUICK_RANGES = [
  { label: "Last hour", hours: 1 },
  { label: "Last 24 hours", hours: 24 },
  { label: "Last 7 days", hours: 168 },
  { label: "Last 30 days", hours: 720 },
] as const;

/** The `hours` whole hours before `now`. */
export function lastHours(hours: number, now: number): CreateHistoricExport {
  const end = Math.floor(now / HOUR) * HOUR;
  return { start: new Date(end - hours * HOUR).toISOString(), end: new Date(end).toISOString() };
}
