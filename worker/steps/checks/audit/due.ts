import { and, asc, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { exports, runs, watchedRuns } from "@/lib/db/schema";

/** The place of a window in an export's audit. */
export interface Cursor {
  runId: string;
  intervalStart: Date;
}

export interface DueWindow extends Cursor {
  files: number;
}

/** SQL: the time between two audits of an export. */
const period = sql`case ${exports.checks} ->> 'destination' when 'weekly' then interval '7 days' else interval '1 day' end`;

/**
 * Takes the export whose audit has been due for longest, and leases it for 15 minutes: if this process dies, another one
 * takes it then, and continues with the windows that were not looked at. Null if none is due.
 */
export async function leaseExport(db: Db): Promise<ExportRow | null> {
  const due = sql`(select id from exports where deleted_at is null and checks ->> 'destination' <> 'off'
    and next_audit_at <= now() order by next_audit_at limit 1 for update skip locked)`;
  const [row] = await db
    .update(exports)
    .set({ nextAuditAt: sql`now() + interval '15 minutes'` })
    .where(eq(exports.id, due))
    .returning();
  return row ?? null;
}

/**
 * The next windows to audit, in order: those with a current receipt, committed within the days that audits look back,
 * and not looked at within the last half of the period. With the first ones, also the bytes of all of them.
 */
export async function nextWindows(
  db: Db,
  { id, checks }: ExportRow,
  after: Cursor | null,
  limit: number,
): Promise<{ windows: DueWindow[]; bytes: number }> {
  const { runId, intervalStart, committedAt, destinationCheckedAt } = watchedRuns;
  const isNext =
    after &&
    or(gt(intervalStart, after.intervalStart), and(eq(intervalStart, after.intervalStart), gt(runId, after.runId)));
  const half = sql`(select (${period}) / 2 from ${exports} where ${exports.id} = ${id})`;
  const isDue = and(
    eq(watchedRuns.exportId, id),
    isNull(runs.supersededBy),
    gt(committedAt, sql`now() - make_interval(days => ${checks.destinationDays})`),
    or(isNull(destinationCheckedAt), sql`${destinationCheckedAt} < now() - ${half}`),
  );
  const windows = await db
    .select({ runId, intervalStart, files: sql<number>`coalesce(${runs.files}, 0)` })
    .from(watchedRuns)
    .innerJoin(runs, eq(runs.id, runId))
    .where(and(isDue, isNext ?? undefined))
    .orderBy(asc(intervalStart), asc(runId))
    .limit(limit);
  if (after) return { windows, bytes: 0 };
  const [all] = await db
    .select({ bytes: sql<number>`coalesce(sum(${runs.bytes}), 0)::float8` })
    .from(watchedRuns)
    .innerJoin(runs, eq(runs.id, runId))
    .where(isDue);
  return { windows, bytes: all?.bytes ?? 0 };
}

/** Sets an export's next audit a period from now, less up to an eighth: exports that are due together soon aren't. */
export async function endAudit(db: Db, { id }: ExportRow): Promise<void> {
  await db
    .update(exports)
    .set({ nextAuditAt: sql`now() + (${period}) * (1 - random() / 8)` })
    .where(eq(exports.id, id));
}

/** Lets the next round continue, after exports that have been due for longer. */
export async function pauseAudit(db: Db, { id }: ExportRow): Promise<void> {
  await db.update(exports).set({ nextAuditAt: sql`now()` }).where(eq(exports.id, id));
}
