import { and, asc, eq, ne, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { documentsOfRun } from "@/lib/db/documents-of-run";
import { runArchive, runDocuments, runs } from "@/lib/db/schema";
import type { ReceiptV2 } from "@/lib/fields/receipt";
import { sha256Of } from "@/lib/receipts/hash";

/**
 * What the first link of a chain says about the receipts before it: their number and the hash of their hashes, ordered
 * by run. Undefined if there are none.
 */
export async function genesisOf(
  tx: Tx,
  { id, exportId }: { id: string; exportId: string },
): Promise<ReceiptV2["genesis"]> {
  const rows = await tx
    .select({
      runId: runs.id,
      // Versions before 2026-12 recorded none.
      sha256: sql<string>`coalesce(${runDocuments.receiptSha256}, ${runArchive.receiptSha256}, 'unknown')`,
    })
    .from(runs)
    .leftJoin(runDocuments, documentsOfRun)
    .leftJoin(runArchive, eq(runArchive.runId, runs.id))
    .where(and(eq(runs.exportId, exportId), eq(runs.state, "Completed"), ne(runs.id, id)))
    .orderBy(asc(sql`${runs.id}::text collate "C"`));
  if (rows.length === 0) return undefined;
  const lines = rows.map(({ runId, sha256 }) => `${runId} ${sha256}\n`);
  return { receipts: rows.length, sha256: sha256Of(lines.join("")) };
}
