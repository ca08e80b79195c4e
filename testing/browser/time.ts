import { setTimeout } from "node:timers/promises";
import { dateTimeText } from "@/lib/client/date-time-text";
import { HOUR, SECOND } from "@/lib/units";

/** The start of the hour `hours` full hours before the one of `now`, in ISO 8601. */
export const hoursAgo = (hours: number, now = Date.now()): string =>
  new Date(Math.floor(now / HOUR) * HOUR - hours * HOUR).toISOString();

/** A test that counts hours takes no longer. */
const ONE_TEST = 30 * SECOND;

/** Waits until no hour ends within one test: what the test counts up to now would change on the way. */
export async function untilHourIsNew(): Promise<void> {
  const left = HOUR - (Date.now() % HOUR);
  if (left < ONE_TEST) await setTimeout(left);
}

/** A time for a date-time field. */
export const typed = (iso: string): string => dateTimeText(iso);
