import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import { getLogger, loggable } from "@/lib/services/logger";
import { cleanRun } from "./clean-run";

/** Runs per round, and its time limit in ms. The next round starts a minute later. */
const ROUND = 20;
const LONGEST = 30_000;

/**
 * Removes what earlier writes of committed windows left and could not be removed at once. Returns how many runs it
 * checked.
 */
export async function cleanRuns(db: Db): Promise<number> {
  const rows = await db
    .select({ id: runs.id })
    .from(runs)
    .where(
      and(
        eq(runs.state, "Completed"),
        isNull(runs.cleanedAt),
        isNull(runs.supersededBy),
        // The run's own workflow comes first.
        sql`${runs.finishedAt} < now() - interval '1 minute'`,
      ),
    )
    // Random, so a run that always fails doesn't starve the others.
    .orderBy(sql`random()`)
    .limit(ROUND);
  const until = Date.now() + LONGEST;
  let done = 0;
  for (const { id } of rows) {
    if (Date.now() > until) break;
    await cleanRun(db, id).catch((error) => {
      getLogger().warn({ runId: id, error: loggable(error) }, "Removing leftovers of earlier runs of a window failed.");
    });
    done += 1;
  }
  return done;
}
