import { and, asc, eq, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { documentsOfRun } from "@/lib/db/documents-of-run";
import { receiptLinks, runDocuments, runs } from "@/lib/db/schema";
import type { ChainLink } from "@/lib/fields/receipt";

const isUnstored = and(receiptLinks.hasObject, isNull(receiptLinks.storedAt));
/** A receipt is final once its run is committed, or a later link voids it. */
const isFinal = or(eq(receiptLinks.type, "void"), eq(runs.state, "Completed"), isNotNull(receiptLinks.voidedBy));

/** The final links of a run that its bucket should hold and may not yet, in order. */
export async function unstoredLinks(db: Tx, runId: string): Promise<ChainLink[]> {
  const rows = await db
    .select({ link: sql<ChainLink | null>`coalesce(${receiptLinks.document}, ${runDocuments.receipt})` })
    .from(receiptLinks)
    .innerJoin(runs, eq(runs.id, receiptLinks.runId))
    .leftJoin(runDocuments, documentsOfRun)
    .where(and(eq(receiptLinks.runId, runId), isUnstored, isFinal))
    .orderBy(asc(receiptLinks.sequence));
  return rows.flatMap(({ link }) => link ?? []);
}

/** Up to `limit` runs with links that should be in their buckets since a minute to a week, in no order. */
export async function runsWithUnstoredLinks(db: Tx, limit: number): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select run_id as id from (
      select distinct ${receiptLinks.runId} from ${receiptLinks} join ${runs} on ${runs.id} = ${receiptLinks.runId}
      where ${isUnstored} and ${isFinal}
        and ${receiptLinks.signedAt} between now() - interval '7 days' and now() - interval '1 minute') waiting
    order by random() limit ${limit}`);
  return rows.map(({ id }) => id);
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
