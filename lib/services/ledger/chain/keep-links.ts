import { and, asc, eq, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { documentsOfRun } from "@/lib/db/documents-of-run";
import { receiptLinks, runDocuments, runs } from "@/lib/db/schema";
import type { ChainLink } from "@/lib/fields/receipt";

const isUnstored = and(receiptLinks.hasObject, isNull(receiptLinks.storedAt));
/** A receipt is final once its run is committed, or a later link voids it. */
const isFinal = or(eq(receiptLinks.type, "void"), eq(runs.state, "Completed"), isNotNull(receiptLinks.voidedBy));

/** SQL: a run's receipt, unless an earlier version has stored one of its own during an upgrade. */
const currentReceipt = sql`case when ${runDocuments.receipt}->>'version' = '2' then ${runDocuments.receipt} end`;

/** The final links of a run that its bucket should hold and may not yet, in order. */
export async function unstoredLinks(db: Tx, runId: string): Promise<ChainLink[]> {
  const rows = await db
    .select({ link: sql<ChainLink | null>`coalesce(${receiptLinks.document}, ${currentReceipt})` })
    .from(receiptLinks)
    .innerJoin(runs, eq(runs.id, receiptLinks.runId))
    .leftJoin(runDocuments, documentsOfRun)
    .where(and(eq(receiptLinks.runId, runId), isUnstored, isFinal))
    .orderBy(asc(receiptLinks.sequence));
  return rows.flatMap(({ link }) => link ?? []);
}

/** Up to `limit` runs with links that should be in their buckets, the longest due first. */
export async function runsWithUnstoredLinks(db: Tx, limit: number): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select ${receiptLinks.runId} as id from ${receiptLinks} join ${runs} on ${runs.id} = ${receiptLinks.runId}
    where ${isUnstored} and ${isFinal} and ${receiptLinks.nextTryAt} <= now()
    group by 1 order by min(${receiptLinks.nextTryAt}) limit ${limit}`);
  return rows.map(({ id }) => id);
}

/** Waits twice as long after each failure, from two minutes to a day. */
export async function delayLinks(db: Tx, runId: string): Promise<void> {
  await db
    .update(receiptLinks)
    .set({
      tries: sql`${receiptLinks.tries} + 1`,
      nextTryAt: sql`now() + least(interval '1 day', interval '1 minute' * power(2, least(${receiptLinks.tries} + 1, 11)))`,
    })
    .where(and(eq(receiptLinks.runId, runId), isUnstored));
}

/** Notes that a bucket holds these links of an export's chain. */
export async function noteStored(db: Tx, exportId: string, sequences: readonly number[]): Promise<void> {
  await db
    .update(receiptLinks)
    .set({ storedAt: sql`now()` })
    .where(and(eq(receiptLinks.exportId, exportId), inArray(receiptLinks.sequence, [...sequences])));
}

/** The same for one link, as a CTE of the statement that commits its run. */
export const storedWith = (db: Tx, exportId: string, sequence: number) =>
  db.$with("stored", {}).as(
    db
      .update(receiptLinks)
      .set({ storedAt: sql`now()` })
      .where(and(eq(receiptLinks.exportId, exportId), eq(receiptLinks.sequence, sequence)))
      .getSQL(),
  );

/** SQL: whether a receipt of an export's chain has not been voided. */
export const stands = (exportId: string, sequence: number) =>
  sql`exists (select 1 from ${receiptLinks} where ${receiptLinks.exportId} = ${exportId}
    and ${receiptLinks.sequence} = ${sequence} and ${receiptLinks.voidedBy} is null)`;
