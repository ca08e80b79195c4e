import { and, inArray, lt, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { dbNow } from "@/lib/db/now";
import { runs } from "@/lib/db/schema";
import { type Env, getEnv } from "@/lib/env";
import { activeStates } from "@/lib/fields/run-state";
import { getLogger, loggable } from "@/lib/services/logger";
import { DAY } from "@/lib/units";
import { archiveFiles, archiveReceipts } from "./archive";
import { type ByMonth, ensurePartitions, monthAfter, type Partition, partitionsOf } from "./partitions";

/** Time limit of a round, in ms. The next one starts in a minute and continues from here. */
const ROUND = 30_000;
/** Rows per DELETE. */
const BATCH = 5_000;

/** Days to keep each table's rows; 0 keeps them forever. */
export type Kept = Record<ByMonth, number>;

const keptBy = ({ RUN_LOG_DAYS, RUN_FILE_DAYS, RECEIPT_DAYS }: Env): Kept => ({
  run_logs: RUN_LOG_DAYS,
  run_files: RUN_FILE_DAYS,
  run_documents: RECEIPT_DAYS,
});

const ARCHIVE = { run_logs: async () => false, run_files: archiveFiles, run_documents: archiveReceipts };

/**
 * Creates the partitions that upcoming rows need, and removes expired months after archiving deletion proofs and
 * receipt hashes. Months from the oldest active run's on are kept. Returns the number of months removed.
 */
export async function applyRetention(db: Db, kept: Kept = keptBy(getEnv())): Promise<number> {
  await ensurePartitions(db);
  await forgetReceiptDeliveries(db);
  await forgetChecks(db, getEnv().CHECK_DAYS);
  const now = (await dbNow(db)).getTime();
  const until = Date.now() + ROUND;
  let removed = 0;
  for (const [table, days] of Object.entries(kept) as [ByMonth, number][]) {
    if (days === 0) continue;
    const keep: Keep = { days, until };
    // All rows of earlier months have expired.
    const from = `${new Date(now - days * DAY).toISOString().slice(0, 7)}-01`;
    const before = await withoutActive(db, from);
    for (const partition of await partitionsOf(db, table)) {
      if (partition.month !== null && monthAfter(partition.month) > before) continue;
      if (Date.now() > until) return removed;
      if (await remove(db, table, partition, before, keep)) removed += 1;
    }
  }
  return removed;
}

/** Deliveries of receipts are many, and the receipts themselves stay: they are kept for 30 days. */
async function forgetReceiptDeliveries(db: Db): Promise<void> {
  await db.execute(sql`delete from deliveries where id in (
    select id from deliveries where run_id is not null and state <> 'queued' and created_at < now() - interval '30 days'
    limit ${BATCH})`);
}

/** Checks and requests for them, oldest first. The last look at each window stays known. */
async function forgetChecks(db: Db, days: number): Promise<void> {
  if (days === 0) return;
  const isOld = sql`< now() - make_interval(days => ${days})`;
  await db.execute(sql`delete from checks where id in (
    select id from checks where checked_at ${isOld} order by checked_at limit ${BATCH})`);
  await db.execute(sql`delete from check_requests where id in (
    select id from check_requests where state <> 'Running' and created_at ${isOld} limit ${BATCH})`);
}

/** The month of the oldest active run if before `month`, otherwise `month`. */
async function withoutActive(db: Db, month: string): Promise<string> {
  const isOld = and(inArray(runs.state, activeStates), lt(runs.createdAt, new Date(month)));
  const [row] = await db
    .select({ oldest: sql<string | null>`to_char(min(${runs.createdAt}) at time zone 'UTC', 'YYYY-MM-01')` })
    .from(runs)
    .where(isOld);
  return row?.oldest ?? month;
}

interface Keep {
  days: number;
  /** When the round ends, in epoch ms. */
  until: number;
}

/** Whether a whole month was removed. */
async function remove(
  db: Db,
  table: ByMonth,
  { name, month }: Partition,
  before: string,
  { days, until }: Keep,
): Promise<boolean> {
  const isOld = sql`f.month < ${before}::date`;
  while (await ARCHIVE[table](db, name, isOld)) if (Date.now() > until) return false;
  if (month !== null) return drop(db, name);
  // A recent log line about an old run is kept as long as others.
  const isOldLine = table === "run_logs" ? sql`${isOld} and f.time < now() - make_interval(days => ${days})` : isOld;
  const old = sql`select f.ctid from ${sql.identifier(name)} f where ${isOldLine} limit ${BATCH}`;
  let batch: number;
  do {
    const gone = sql`delete from ${sql.identifier(name)} where ctid = any(array(${old}))`;
    batch = (await db.execute(gone)).rowCount ?? 0;
  } while (batch === BATCH && Date.now() < until);
  return false;
}

/** The lock on `runs` is short but may time out; then the next round retries. */
async function drop(db: Db, name: string): Promise<boolean> {
  try {
    await db.transaction(async (tx) => {
      await tx.execute(sql`set local lock_timeout = '2s'`);
      await tx.execute(sql`drop table ${sql.identifier(name)}`);
    });
    return true;
  } catch (error) {
    getLogger().warn(
      { table: name, error: loggable(error) },
      "Removing a month past its retention failed; it is retried.",
    );
    return false;
  }
}
