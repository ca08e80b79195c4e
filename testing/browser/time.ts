import { HOUR } from "@/lib/units";

/** The start of the hour that began `hours` full hours before the current one, as ISO-8601. */
export const hoursAgo = (hours: number): string =>
  new Date(Math.floor(Date.now() / HOUR) * HOUR - hours * HOUR).toISOString();

/** A time as a date-time field takes it. */
export const typed = (iso: string): string => iso.slice(0, 16);
