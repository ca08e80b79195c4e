import { MINUTE } from "@/lib/units";

const LONGEST = 60 * MINUTE;
/** For how long, in ms, something is tried to be delivered. */
const GIVE_UP = 24 * 60 * MINUTE;

/**
 * When to try again what could not be delivered in its `attempts`-th try: after a minute, then after twice as long each time,
 * up to an hour. Null once it has been tried for a day.
 */
export function nextTry(attempts: number, queuedAt: Date, now: Date): Date | null {
  if (now.getTime() - queuedAt.getTime() >= GIVE_UP) return null;
  const wait = Math.min(LONGEST, MINUTE * 2 ** Math.min(attempts - 1, 10));
  return new Date(now.getTime() + wait);
}
