import type { Db } from "@/lib/db/client";
import type { SentManifest } from "@/lib/db/schema/runs";
import type { ReceiptV2 } from "@/lib/fields/receipt";
import { appendAtOnce, lockChain, type Statement, sealIn, standingLink } from "@/lib/services/ledger";
import { recentSigningKey } from "@/lib/services/signing";
import { fenceCommit, mayCommit } from "../fence";
import { type LoadedRun, nowOf } from "../load";

/** The receipt that an earlier try of a run's commit put into the chain, unless it was voided. */
export async function sealedReceipt(db: Db, { run }: LoadedRun): Promise<ReceiptV2 | null> {
  // A receipt joins the chain together with the note that its manifest is sent.
  if (run.manifest === null) return null;
  return (await standingLink(db, run.id))?.receipt ?? null;
}

/**
 * Puts a run's receipt into its export's chain right before its manifest is written, in one short transaction: fixes
 * its number, time, and signature, and notes that the manifest is sent. A later try gets the same receipt, or voids it
 * if its files were written again meanwhile. Throws an `ExportError` if the run may not commit.
 */
export async function sealReceipt(
  db: Db,
  loaded: LoadedRun,
  statement: Statement,
  manifestKey: string,
): Promise<ReceiptV2> {
  const manifest = { key: manifestKey, etag: null, bytes: null };
  return (await sealAtOnce(db, loaded, statement, manifest)) ?? sealLocked(db, loaded, statement, manifest);
}

/** Most commits find the chain as it was when the run was loaded. Null if not. */
function sealAtOnce(
  db: Db,
  loaded: LoadedRun,
  statement: Statement,
  manifest: SentManifest,
): Promise<ReceiptV2 | null> | null {
  const { run, spec } = loaded;
  if (run.manifest !== null) return null;
  const chain = {
    exported: spec,
    sequence: spec.chainSequence,
    head: spec.chainHead,
    key: () => recentSigningKey(db),
    now: nowOf(loaded),
  };
  return appendAtOnce(db, chain, run, { statement, mayCommit: mayCommit(loaded), manifest });
}

async function sealLocked(db: Db, loaded: LoadedRun, statement: Statement, manifest: SentManifest): Promise<ReceiptV2> {
  const { run } = loaded;
  return db.transaction(async (tx) => {
    const chain = await lockChain(tx, run.exportId);
    const receipt = await sealIn(tx, chain, run, statement);
    await fenceCommit(tx, loaded, receipt.source, manifest);
    return receipt;
  });
}
