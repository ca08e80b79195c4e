import { and, eq, isNull } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/client";
import { documentsOfRun } from "@/lib/db/documents-of-run";
import type { ReceiptLinkRow } from "@/lib/db/rows";
import { receiptLinks, runDocuments, runs } from "@/lib/db/schema";
import { type ReceiptV2, receiptV2Schema } from "@/lib/fields/receipt";
import { canonicalJson } from "@/lib/receipts/canonical";
import { appendReceipt, appendVoid, type LinkedRun, type Statement } from "./append";
import { type Chain, lockChain } from "./lock-chain";

/** A run's receipt in its export's chain, unless a later link voids it. */
export async function standingLink(
  tx: Tx,
  runId: string,
): Promise<{ link: ReceiptLinkRow; receipt: ReceiptV2 | null } | null> {
  const [row] = await tx
    .select({ link: receiptLinks, receipt: runDocuments.receipt })
    .from(receiptLinks)
    .innerJoin(runs, eq(runs.id, receiptLinks.runId))
    .leftJoin(runDocuments, documentsOfRun)
    .where(and(eq(receiptLinks.runId, runId), eq(receiptLinks.type, "receipt"), isNull(receiptLinks.voidedBy)));
  // During an upgrade, an earlier version may have stored a receipt of its own.
  return row
    ? { link: row.link, receipt: row.receipt?.version === 2 ? receiptV2Schema.parse(row.receipt) : null }
    : null;
}

/**
 * Voids a run's receipt, if its chain has one. Its body moves to its link, because the run may get another receipt.
 * Returns the chain as it is then.
 */
export async function voidReceipt(tx: Tx, chain: Chain, run: LinkedRun, reason: string): Promise<Chain> {
  const standing = await standingLink(tx, run.id);
  if (!standing) return chain;
  const { link, receipt } = standing;
  const voided = await appendVoid(tx, chain, run, { link, reason });
  await tx
    .update(receiptLinks)
    .set({ voidedBy: voided.sequence, document: receipt, isAbandoned: false })
    .where(and(eq(receiptLinks.exportId, link.exportId), eq(receiptLinks.sequence, link.sequence)));
  return voided;
}

/**
 * A run's receipt in its export's chain: the one that an earlier try of its commit added if it says the same, else a new
 * one, which voids that.
 */
export async function sealIn(tx: Tx, chain: Chain, run: LinkedRun, statement: Statement): Promise<ReceiptV2> {
  const before = await standingLink(tx, run.id);
  if (before?.receipt && saysTheSame(before.receipt, statement)) return before.receipt;
  const reason = "Its files were written again before its manifest was.";
  return appendReceipt(tx, before ? await voidReceipt(tx, chain, run, reason) : chain, run, statement);
}

/** Whether a receipt says what a statement says, apart from when and how that was checked. */
const saysTheSame = (receipt: Statement, statement: Statement): boolean =>
  canonicalJson(lasting(receipt)) === canonicalJson(lasting(statement));

const lasting = ({ exportId, runId, location, files, rows, bytes, replaced, source, accounting }: Statement) => ({
  ...{ exportId, runId, location, files, rows, bytes, replaced, accounting },
  fingerprint: source.fingerprint,
});

/** Notes that a run ended without its receipt's being committed, and that nothing could be signed then. */
export async function abandonReceipt(tx: Tx, runId: string): Promise<void> {
  await tx
    .update(receiptLinks)
    .set({ isAbandoned: true })
    .where(and(eq(receiptLinks.runId, runId), eq(receiptLinks.type, "receipt"), isNull(receiptLinks.voidedBy)));
}

/** Voids up to `limit` receipts that could not be voided when their runs ended. Returns how many. */
export async function voidAbandoned(db: Db, limit: number): Promise<number> {
  const left = await db
    .select({ run: runs })
    .from(receiptLinks)
    .innerJoin(runs, eq(runs.id, receiptLinks.runId))
    .where(eq(receiptLinks.isAbandoned, true))
    .limit(limit);
  for (const { run } of left)
    await db.transaction(async (tx) => {
      await voidReceipt(tx, await lockChain(tx, run.exportId), run, `The run ended ${run.state} before its commit.`);
    });
  return left.length;
}
