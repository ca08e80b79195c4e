import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { getWebEnv } from "@/lib/env";
import type { Actor, Origin } from "@/lib/services/access";
import { networkOf } from "./network";
import { refuse } from "./refuse";

/** An organization's limit, as a multiple of that of one key or person. */
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
 * Counts a request against its key or user and their organization, or against the address if unauthenticated. Each web
 * process counts separately. Throws a 429 above the limit.
 */
export async function countRequest(whom: Actor | Origin): Promise<void> {
  const { one, organization } = getLimiters();
  try {
    await one.consume(nameOf(whom));
    if ("kind" in whom) await organization.consume(whom.organizationId);
  } catch (error) {
    if (error instanceof RateLimiterRes) throw refuse("Too many requests.", error.msBeforeNext);
    throw error;
  }
}

/** The subject of a limit: a key, a user, or the request's network. */
export function nameOf(whom: Actor | Origin): string {
  if (!("kind" in whom)) return `address ${networkOf(whom.ip)}`;
  return whom.keyId !== null ? `key ${whom.keyId}` : `user ${whom.userId}`;
}
