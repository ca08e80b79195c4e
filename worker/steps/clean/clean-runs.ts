import { and, eq, isNull, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import { getLogger, loggable } from "@/lib/services/logger";
import { cleanRun } from "./clean-run";

/** Runs of one round, and how long, in ms, it may go on: the next one comes in a minute. */
const ROUND = 20;
const LONGEST = 30_000;

/** Removes what earlier writings of committed windows left and could not be removed at once. Answers with how many runs it looked at. */
export async function cleanRuns(): Promise<number> {
  const rows = await getDb()
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
    // One that fails every time must not keep the others from their turn.
    .orderBy(sql`random()`)
    .limit(ROUND);
  const until = Date.now() + LONGEST;
  let done = 0;
  for (const { id } of rows) {
    if (Date.now() > until) break;
    await cleanRun(id).catch((error) => {
      getLogger().warn(
        { runId: id, error: loggable(error) },
        "What earlier writings of a window left was not removed.",
      );
    });
    done += 1;
  }
  return done;
}
