import { asc, inArray, lt, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runLogs } from "@/lib/db/schema";
import { getEnv } from "@/lib/env";

/** Lines of one DELETE, and how long, in ms, one round may go on: short locks, and the next round comes in a minute. */
const BATCH = 5_000;
const ROUND = 30_000;

/** Removes the lines of runs' logs that are older than they are kept for. Answers with how many it removed. */
export async function pruneLogs(days: number = getEnv().RUN_LOG_DAYS): Promise<number> {
  const db = getDb();
  const old = db
    .select({ id: runLogs.id })
    .from(runLogs)
    .where(lt(runLogs.time, sql`now() - make_interval(days => ${days})`))
    .orderBy(asc(runLogs.time))
    .limit(BATCH);
  const until = Date.now() + ROUND;
  let removed = 0;
  let batch: number;
  do {
    batch = (await db.delete(runLogs).where(inArray(runLogs.id, old))).rowCount ?? 0;
    removed += batch;
  } while (batch === BATCH && Date.now() < until);
  return removed;
}
