import { MINUTE } from "@/lib/units";

const LONGEST = 60 * MINUTE;
/** How long to retry a delivery, in ms. */
const GIVE_UP = 24 * 60 * MINUTE;

/**
 * When to retry after `attempts` failed attempts: after a minute, then doubling up to an hour. Null once a day has
 * passed since `queuedAt`.
 */
export function nextTry(attempts: number, queuedAt: Date, now: Date): Date | null {
  if (now.getTime() - queuedAt.getTime() >= GIVE_UP) return null;
  const wait = Math.min(LONGEST, MINUTE * 2 ** Math.min(attempts - 1, 10));
  return new Date(now.getTime() + wait);
}
