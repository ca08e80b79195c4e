import { dateTimeText } from "@/lib/client/date-time-text";
import { HOUR } from "@/lib/units";

/** The start of the hour `hours` full hours before the one of `now`, in ISO 8601. */
export const hoursAgo = (hours: number, now = Date.now()): string =>
  new Date(Math.floor(now / HOUR) * HOUR - hours * HOUR).toISOString();

/** A time for a date-time field. */
export const typed = (iso: string): string => dateTimeText(iso);
