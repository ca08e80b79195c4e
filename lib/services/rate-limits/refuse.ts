import { TooManyRequests } from "@/lib/errors";
import { SECOND } from "@/lib/units";

/** Makes a 429 that says how long to wait. */
export function refuse(words: string, waitMs: number): TooManyRequests {
  const seconds = Math.max(1, Math.ceil(waitMs / SECOND));
  const minutes = Math.ceil(seconds / 60);
  const wait = seconds < 90 ? `${seconds} ${seconds === 1 ? "second" : "seconds"}` : `${minutes} minutes`;
  return new TooManyRequests(`${words} Try again in ${wait}.`, seconds);
}
