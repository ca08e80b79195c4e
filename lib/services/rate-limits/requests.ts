import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { getWebEnv } from "@/lib/env";
import type { Actor, Origin } from "@/lib/services/access";
import { networkOf } from "./network";
import { refuse } from "./refuse";

/** An organization may ask so many times as often as one of its keys or people. */
const SHARE = 10;

let limiters: { one: RateLimiterMemory; organization: RateLimiterMemory } | undefined;

function getLimiters() {
  const points = getWebEnv().API_RATE_PER_MINUTE;
  limiters ??= {
    one: new RateLimiterMemory({ points, duration: 60 }),
    organization: new RateLimiterMemory({ points: points * SHARE, duration: 60, keyPrefix: "organization" }),
  };
  return limiters;
}

/**
 * Counts a request of a key or a person and of their organization, or of an address where neither is known. Each web process counts for
 * itself. Throws a 429.
 */
export async function countRequest(whom: Actor | Origin): Promise<void> {
  const { one, organization } = getLimiters();
  try {
    await one.consume(nameOf(whom));
    if ("kind" in whom) await organization.consume(whom.organizationId);
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
