import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { documentsOfRun } from "@/lib/db/documents-of-run";
import { receiptLinks, runArchive, runDocuments, runs } from "@/lib/db/schema";

/** SQL: the hash of a run's receipt in its chain. Of several, only the last one became its window's. */
const linked = sql`(select l.sha256 from ${receiptLinks} l where l.run_id = ${runs.id} and l.type = 'receipt'
  order by l.sequence desc limit 1)`;

/**
 * The hash by which other receipts name a run's: of its canonical bytes or, in version 1, of its manifest. Null if none
 * was recorded.
 */
export async function receiptHash(db: Tx, runId: string): Promise<string | null> {
  const recorded = sql<string | null>`coalesce(${linked}, ${runDocuments.receiptSha256}, ${runArchive.receiptSha256})`;
  const [row] = await db
    .select({ recorded })
    .from(runs)
    .leftJoin(runDocuments, documentsOfRun)
    .leftJoin(runArchive, eq(runArchive.runId, runs.id))
    .where(eq(runs.id, runId));
  return row?.recorded ?? null;
}
