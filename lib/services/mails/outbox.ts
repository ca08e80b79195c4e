import { and, eq, inArray, lte, type SQL, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { deliveries, mails } from "@/lib/db/schema";
import { nextTry } from "./backoff";

/** How long a try may take; whoever holds an entry for longer has died, and another takes it. */
const LEASE = "5 minutes";

type Outbox = typeof mails | typeof deliveries;

/** How long what an alert queues is left, in ms, to whoever raised it, before any round of deliveries takes it. */
const HEAD_START = 15_000;

/** When an alert's own entries are due. */
export const afterHeadStart = (): Date => new Date(Date.now() + HEAD_START);

/**
 * Takes up to `limit` entries that are due, or of certain ones those that nobody has tried yet, for one try: until that is over
 * nobody else takes them. A sender that dies between sending and saying so leaves the entry to be sent again: twice at worst,
 * never not at all.
 */
export async function claimDue(table: Outbox, limit: number, certain?: SQL): Promise<string[]> {
  const due = getDb()
    .select({ id: table.id })
    .from(table)
    .where(
      and(
        eq(table.state, "queued"),
        certain ? and(certain, eq(table.attempts, 0)) : lte(table.nextAttemptAt, sql`now()`),
      ),
    )
    .orderBy(table.nextAttemptAt)
    .limit(limit)
    .for("update", { skipLocked: true });
  const claimed = await getDb()
    .update(table)
    .set({ attempts: sql`${table.attempts} + 1`, nextAttemptAt: sql`now() + ${LEASE}::interval` })
    .where(inArray(table.id, due))
    .returning({ id: table.id });
  return claimed.map(({ id }) => id);
}

/** What became of a try that failed: when the next one comes, or that there is none. `final` says that none can help. */
export function afterFailure(
  entry: { attempts: number; createdAt: Date },
  { message, final }: { message: string; final: boolean },
  now: Date,
) {
  const next = final ? null : nextTry(entry.attempts, entry.createdAt, now);
  return next ? { lastError: message, nextAttemptAt: next } : { lastError: message, state: "failed" as const };
}
