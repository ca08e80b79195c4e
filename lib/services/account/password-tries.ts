import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { rateLimit } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";

const MAX = 10;
const WINDOW_MS = 15 * 60_000;

const keyOf = (userId: string) => `password:${userId}`;

/**
 * Counts a try of a person's password before it is looked at, so that tries at the same time all count. Throws 429 when there
 * were too many. `lastRequest` holds the time when they are forgotten: better-auth sweeps this table of rows whose time is past.
 */
export async function countPasswordTry(userId: string): Promise<void> {
  const now = Date.now();
  const fresh = sql`${rateLimit.lastRequest} > ${now}`;
  const [row] = await getDb()
    .insert(rateLimit)
    .values({ id: randomUUID(), key: keyOf(userId), count: 1, lastRequest: now + WINDOW_MS })
    .onConflictDoUpdate({
      target: rateLimit.key,
      set: {
        count: sql`case when ${fresh} then ${rateLimit.count} + 1 else 1 end`,
        lastRequest: sql`case when ${fresh} then ${rateLimit.lastRequest} else ${now + WINDOW_MS} end`,
      },
    })
    .returning();
  if (!row || row.count <= MAX) return;
  const minutes = Math.ceil((row.lastRequest - now) / 60_000);
  const message = `Too many tries with a wrong password: try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`;
  throw new AppError("too_many_tries", message, 429);
}

/** Forgets the tries once the password was right. */
export async function forgetPasswordTries(userId: string): Promise<void> {
  await getDb()
    .delete(rateLimit)
    .where(eq(rateLimit.key, keyOf(userId)));
}
