import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/client";
import { exports, objectKeys, receiptLinks, runDocuments, runFiles, runs } from "@/lib/db/schema";
import type { ChainLink, ReceiptV2 } from "@/lib/fields/receipt";
import { lockExport, logRun } from "@/lib/services/ledger";
import type { FoundLinks, StoredManifest } from "./find-links";
import type { Recovering } from "./load-export";
import { type Adoption, currentReceipts, windowOf } from "./plan-adoption";
import { documentsOfReceipt, filesOfReceipt, rowOfLink, runOfReceipt } from "./rows-of-receipt";

/** Files per statement. */
const BATCH = 1_000;

/**
 * Enters what was found of an export's chain into the ledger, in one transaction: runs, receipts, files, reserved keys.
 * The chain continues from its highest number. Returns how many windows the ledger knows again.
 */
export async function adopt(db: Db, loaded: Recovering, adoption: Adoption, found: FoundLinks): Promise<number> {
  const { spec } = loaded;
  const manifestOf = new Map(found.manifests.map((manifest) => [manifest.runId, manifest]));
  return db.transaction(async (tx) => {
    const { chainSequence } = await lockExport(tx, spec.id);
    if (chainSequence !== spec.chainSequence) throw new Error("The chain grew while its bucket was read.");
    for (const link of adoption.links) {
      const voidedBy = adoption.voidedBy.get(link.sequence);
      if (link.type === "receipt")
        await adoptRun(tx, loaded, link, { manifest: manifestOf.get(link.runId), isVoid: voidedBy !== undefined });
      await adoptLink(tx, link, { voidedBy, isKept: found.kept.has(link.sequence) });
    }
    const current = [...currentReceipts(adoption).values()];
    for (const receipt of current) await supersedeOthers(tx, receipt);
    await reserve(tx, loaded, current, manifestOf);
    const { sequence, head } = adoption;
    await tx
      .update(exports)
      .set({ chainSequence: sequence, chainHead: head, nextAuditAt: sql`now()` })
      .where(eq(exports.id, spec.id));
    return new Set(current.map(windowOf)).size;
  });
}

interface Facts {
  manifest: StoredManifest | undefined;
  isVoid: boolean;
}

/** A run that was active when the database was saved has since committed. */
async function adoptRun(tx: Tx, loaded: Recovering, receipt: ReceiptV2, facts: Facts): Promise<void> {
  const row = runOfReceipt(loaded, receipt, facts);
  const { state, manifest, rows, bytes, files, error, finishedAt, cleanedAt, address, pinned } = row;
  const [updated] = await tx
    .update(runs)
    .set({ state, manifest, rows, bytes, files, error, finishedAt, cleanedAt, address, pinned })
    // It may have been ended meanwhile, for its workflow was gone.
    .where(and(eq(runs.id, row.id!), eq(runs.exportId, row.exportId), ne(runs.state, "Completed")))
    .returning();
  const [inserted] = updated ? [updated] : await tx.insert(runs).values(row).onConflictDoNothing().returning();
  if (!inserted)
    throw new Error(`The run ${row.id} of receipt ${receipt.sequence} is a different run in the database.`);
  const documents = documentsOfReceipt(loaded, inserted, receipt);
  const { runId: _, month: __, ...changes } = documents;
  await tx
    .insert(runDocuments)
    .values(documents)
    .onConflictDoUpdate({ target: [runDocuments.runId, runDocuments.month], set: changes });
  const named = filesOfReceipt(loaded, inserted, receipt);
  await tx.delete(runFiles).where(and(eq(runFiles.runId, inserted.id), eq(runFiles.planVersion, inserted.planVersion)));
  for (let at = 0; at < named.length; at += BATCH) await tx.insert(runFiles).values(named.slice(at, at + BATCH));
  const message = `Recovered from receipt ${receipt.sequence} in the bucket, after the database was restored.`;
  await logRun(tx, inserted, { level: "info", message });
}

async function adoptLink(
  tx: Tx,
  link: ChainLink,
  facts: { voidedBy: number | undefined; isKept: boolean },
): Promise<void> {
  const [run] = await tx
    .select({ intervalStart: runs.intervalStart, intervalEnd: runs.intervalEnd })
    .from(runs)
    .where(eq(runs.id, link.runId));
  // A void link of a receipt that is missing as well: its run is not known.
  if (!run) return;
  await tx
    .insert(receiptLinks)
    .values(rowOfLink(link, run, facts))
    .onConflictDoNothing();
  if (link.type !== "void") return;
  const [voided] = await tx
    .update(receiptLinks)
    .set({ voidedBy: link.sequence })
    .where(and(eq(receiptLinks.exportId, link.exportId), eq(receiptLinks.sequence, link.voids.sequence)))
    .returning({ runId: receiptLinks.runId });
  // Another run withdrew it, and may have written over its files.
  if (voided && voided.runId !== link.runId)
    await tx
      .update(runs)
      .set({ supersededBy: link.runId })
      .where(and(eq(runs.id, voided.runId), eq(runs.state, "Completed"), isNull(runs.supersededBy)));
}

async function supersedeOthers(tx: Tx, { exportId, runId, intervalStart, intervalEnd }: ReceiptV2): Promise<void> {
  const isOfWindow = [
    eq(runs.exportId, exportId),
    eq(runs.intervalStart, new Date(intervalStart)),
    eq(runs.intervalEnd, new Date(intervalEnd)),
  ];
  await tx
    .update(runs)
    .set({ supersededBy: runId })
    .where(and(...isOfWindow, ne(runs.id, runId), eq(runs.state, "Completed"), isNull(runs.supersededBy)));
}

async function reserve(
  tx: Tx,
  { spec }: Recovering,
  current: readonly ReceiptV2[],
  manifestOf: ReadonlyMap<string, StoredManifest>,
): Promise<void> {
  for (const receipt of current) {
    const [run] = await tx.select({ address: runs.address }).from(runs).where(eq(runs.id, receipt.runId));
    if (!run?.address) continue;
    const { organizationId, projectId, id: exportId } = spec;
    const owner = { organizationId, projectId, exportId, runId: receipt.runId, address: run.address };
    const window = { intervalStart: new Date(receipt.intervalStart), intervalEnd: new Date(receipt.intervalEnd) };
    const manifest = manifestOf.get(receipt.runId);
    const keys = [
      ...receipt.files.map(({ key }) => ({ key, kind: "file" as const })),
      ...(manifest ? [{ key: manifest.key, kind: "manifest" as const }] : []),
    ];
    for (let at = 0; at < keys.length; at += BATCH)
      await tx
        .insert(objectKeys)
        .values(keys.slice(at, at + BATCH).map((named) => ({ ...owner, ...window, ...named })))
        .onConflictDoNothing();
  }
}
