import type { Db } from "@/lib/db/client";
import type { ReceiptV2 } from "@/lib/fields/receipt";
import {
  appendReceipt,
  lockChain,
  type Statement,
  saysTheSame,
  standingLink,
  voidReceipt,
} from "@/lib/services/ledger";
import { fenceCommit } from "../fence";
import type { LoadedRun } from "../load";

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
  const { run } = loaded;
  return db.transaction(async (tx) => {
    const chain = await lockChain(tx, run.exportId);
    const before = run.manifest === null ? null : await standingLink(tx, run.id);
    const isSame = before?.receipt && saysTheSame(before.receipt, statement);
    const receipt = isSame
      ? before.receipt!
      : await appendReceipt(
          tx,
          before ? await voidReceipt(tx, chain, run, "Its files were written again before its manifest was.") : chain,
          run,
          statement,
        );
    await fenceCommit(tx, loaded, receipt.source, { key: manifestKey, etag: null, bytes: null });
    return receipt;
  });
}
