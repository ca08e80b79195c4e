import { and, asc, eq, ne, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { documentsOfRun } from "@/lib/db/documents-of-run";
import { runArchive, runDocuments, runs } from "@/lib/db/schema";
import { type ReceiptV2, receiptV1Schema } from "@/lib/fields/receipt";
import { sha256Of } from "@/lib/receipts/hash";

/** A version 1 receipt as its manifest holds it. */
const receiptV1Text = (receipt: unknown): string =>
  // PostgreSQL does not keep the order of fields; the schema restores the manifest's.
  `${JSON.stringify(receiptV1Schema.parse(receipt), null, 2)}\n`;

/**
 * What the first link of a chain says about the receipts before it: their number and the hash of their hashes, ordered
 * by run. Undefined if there are none.
 */
export async function genesisOf(
  tx: Tx,
  { id, exportId }: { id: string; exportId: string },
): Promise<ReceiptV2["genesis"]> {
  const recorded = sql<string | null>`coalesce(${runDocuments.receiptSha256}, ${runArchive.receiptSha256})`;
  const rows = await tx
    .select({
      runId: runs.id,
      recorded,
      receipt: sql<unknown>`case when ${recorded} is null then ${runDocuments.receipt} end`,
    })
    .from(runs)
    .leftJoin(runDocuments, documentsOfRun)
    .leftJoin(runArchive, eq(runArchive.runId, runs.id))
    .where(and(eq(runs.exportId, exportId), eq(runs.state, "Completed"), ne(runs.id, id)))
    .orderBy(asc(sql`${runs.id}::text collate "C"`));
  if (rows.length === 0) return undefined;
  const lines = rows.map(({ runId, recorded: sha256, receipt }) => `${runId} ${sha256 ?? hashOf(receipt)}\n`);
  return { receipts: rows.length, sha256: sha256Of(lines.join("")) };
}

/** Before 2026-12 no hash was recorded, and retention may have removed the receipt since. */
const hashOf = (receipt: unknown) => (receipt ? sha256Of(receiptV1Text(receipt)) : "unknown");
