import { and, eq, inArray, lte, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import type { deliveries, mails } from "@/lib/db/schema";
import { nextTry } from "./backoff";

/** Time limit of an attempt. After that, its process is presumed dead and another takes the entry. */
const LEASE = "5 minutes";

type Outbox = typeof mails | typeof deliveries;

/**
 * How long an alert's entries are reserved, in ms, for the process that raised it, before a delivery round takes them.
 */
const HEAD_START = 15_000;

/** When an alert's own entries are due. */
export const afterHeadStart = (): Date => new Date(Date.now() + HEAD_START);

interface Which {
  /** Only due entries among these. */
  among?: SQL;
  /** Instead, entries among these that were never tried. */
  untried?: SQL | undefined;
}

/**
 * Leases up to `limit` due entries to the caller for one attempt. If the process dies
 * between sending and marking an entry, it is sent again: at worst twice, never skipped.
 */
export async function claimDue(
  db: Db,
  table: Outbox,
  limit: number,
  { among, untried }: Which = {},
): Promise<string[]> {
  const due = db
    .select({ id: table.id })
    .from(table)
    .where(
      and(
        eq(table.state, "queued"),
        untried ? and(untried, eq(table.attempts, 0)) : and(among, lte(table.nextAttemptAt, sql`now()`)),
      ),
    )
    .orderBy(table.nextAttemptAt)
    .limit(limit)
    .for("update", { skipLocked: true });
  const claimed = await db
    .update(table)
    .set({ attempts: sql`${table.attempts} + 1`, nextAttemptAt: sql`now() + ${LEASE}::interval` })
    .where(inArray(table.id, due))
    .returning({ id: table.id });
  return claimed.map(({ id }) => id);
}

/** The update after a failed attempt: the time of the next one, or failed. `final` means that retrying can't help. */
export function afterFailure(
  entry: { attempts: number; createdAt: Date },
  { message, final }: { message: string; final: boolean },
  now: Date,
) {
  const next = final ? null : nextTry(entry.attempts, entry.createdAt, now);
  return next ? { lastError: message, nextAttemptAt: next } : { lastError: message, state: "failed" as const };
}
