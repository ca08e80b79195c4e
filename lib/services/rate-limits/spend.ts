import { createHash } from "node:crypto";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { getPool } from "@/lib/db/client";
import { whyUnavailable } from "@/lib/db/errors";
import { LIMITS, type LimitName } from "./limits";
import { refuse } from "./refuse";

const limiters = new Map<LimitName, RateLimiterPostgres>();

function limiterOf(name: LimitName): RateLimiterPostgres {
  const found = limiters.get(name);
  if (found) return found;
  const { points, seconds: duration } = LIMITS[name];
  const store = { storeClient: getPool(), tableName: "rate_limits", tableCreated: true, clearExpiredByTimeout: true };
  const made = new RateLimiterPostgres({ ...store, keyPrefix: name, points, duration });
  limiters.set(name, made);
  return made;
}

// Hashed, because a subject may contain a secret, such as a password typed into the wrong field.
const keyOf = (whom: string) => createHash("sha256").update(whom).digest("base64url");

/** Counts one use of a limit by its subject, in one statement, so that concurrent tries count too. Throws a 429. */
export async function spend(name: LimitName, whom: string): Promise<void> {
  try {
    await limiterOf(name).consume(keyOf(whom));
  } catch (error) {
    if (error instanceof RateLimiterRes) throw refuse(LIMITS[name].words, error.msBeforeNext);
    throw whyUnavailable(error);
  }
}

/** Takes back one use that should not count. */
export async function giveBack(name: LimitName, whom: string): Promise<void> {
  await limiterOf(name).reward(keyOf(whom));
}

/** Forgets all uses. */
export async function forget(name: LimitName, whom: string): Promise<void> {
  await limiterOf(name).delete(keyOf(whom));
}
