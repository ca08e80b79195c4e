import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { exports, watchedRuns } from "@/lib/db/schema";

/**
 * Sets when an export's committed windows are looked at again, after a change of its settings: at the source, and at the
 * destination. Saving the same settings changes nothing.
 */
export async function rescheduleLooks(tx: Tx, before: ExportRow, after: ExportRow): Promise<void> {
  const [was, is] = [JSON.stringify(before.checks.source), JSON.stringify(after.checks.source)];
  if (was !== is) await rescheduleSource(tx, after.id, was, is);
  if (before.paused && !after.paused && after.checks.onLate === "heal") await lookAtLate(tx, after.id);
  if (before.checks.destination !== after.checks.destination) await rescheduleAudit(tx, after);
}

/**
 * A new look whose time has passed is not made up for. One that is overdue, or is repeated because of what the last one
 * found, stays due.
 */
async function rescheduleSource(tx: Tx, exportId: string, was: string, is: string): Promise<void> {
  const { committedAt, looked, nextLookAt } = watchedRuns;
  const isKept = sql`(${nextLookAt} <= now() or ${nextLookAt} <> next_look(${committedAt}, ${looked}, ${was}::jsonb))`;
  const age = sql`extract(epoch from least(now() - ${committedAt}, interval '60 days'))::int`;
  const passed = sql`case when ${isKept} then ${looked} else greatest(${looked}, ${age}) end`;
  const next: SQL = sql`case when ${isKept} then ${nextLookAt} else next_look(${committedAt}, ${passed}, ${is}::jsonb) end`;
  await tx
    .update(watchedRuns)
    .set({ looked: passed, nextLookAt: is === "[]" ? null : next })
    .where(eq(watchedRuns.exportId, exportId));
}

/** Heals that waited for an export to be resumed are started soon. */
const lookAtLate = (tx: Tx, exportId: string) =>
  tx
    .update(watchedRuns)
    .set({ nextLookAt: sql`now()` })
    .where(and(eq(watchedRuns.exportId, exportId), eq(watchedRuns.sourceOutcome, "late")));

/** An audit that has become more frequent doesn't wait for the time of the rarer one. */
const rescheduleAudit = (tx: Tx, { id, checks }: ExportRow) =>
  tx
    .update(exports)
    .set({
      nextAuditAt: sql`least(${exports.nextAuditAt}, now() + ${checks.destination === "weekly" ? "7 days" : "1 day"}::interval)`,
    })
    .where(eq(exports.id, id));
