import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { getWebEnv } from "@/lib/env";
import type { Actor, Origin } from "@/lib/services/auth/actor";
import { networkOf } from "./network";
import { refuse } from "./refuse";

let limiter: RateLimiterMemory | undefined;

/** Counts a request of a key or a person, or of an address where neither is known. Each web process counts for itself. Throws a 429. */
export async function countRequest(whom: Actor | Origin): Promise<void> {
  limiter ??= new RateLimiterMemory({ points: getWebEnv().API_RATE_PER_MINUTE, duration: 60 });
  try {
    await limiter.consume(nameOf(whom));
  } catch (error) {
    if (error instanceof RateLimiterRes) throw refuse("There were too many requests.", error.msBeforeNext);
    throw error;
  }
}

/** Whom limits are about: the key, the person, or the network that a request comes from. */
export function nameOf(whom: Actor | Origin): string {
  if (!("kind" in whom)) return `address ${networkOf(whom.ip)}`;
  return whom.keyId !== null ? `key ${whom.keyId}` : `user ${whom.userId}`;
}
