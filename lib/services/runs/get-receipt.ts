import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { monthOf } from "@/lib/db/month";
import { runDocuments } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { type Receipt, receiptV1Schema } from "@/lib/fields/receipt";
import { inCanonicalOrder } from "@/lib/receipts/canonical";
import type { Actor } from "@/lib/services/access";
import { archiveOf, removed } from "./archive";
import { loadRun } from "./load";

/**
 * Returns a completed run's receipt. Throws a 404 `no_receipt` if the run is not completed, and a 410 `removed` once
 * retention has removed it.
 */
export async function getReceipt(actor: Actor, input: { id: string }): Promise<Receipt> {
  const run = await loadRun(actor, input.id);
  // A receipt that is about to be committed is there already.
  if (run.state !== "Completed")
    throw new AppError("no_receipt", `Only completed runs have a receipt. The state of this run is ${run.state}.`, 404);
  const isOfRun = and(eq(runDocuments.runId, run.id), eq(runDocuments.month, monthOf(run)));
  const [documents] = await getDb().select({ receipt: runDocuments.receipt }).from(runDocuments).where(isOfRun);
  if (documents?.receipt) return asInManifest(documents.receipt);
  const sha256 = (await archiveOf(run.id))?.receiptSha256;
  const copy = " The manifest beside the files is a copy of it";
  throw removed("This receipt", sha256 ? `${copy}, with the SHA-256 ${sha256}.` : `${copy}.`);
}

/** PostgreSQL does not keep the order of fields. Receipts of version 2 are canonical, those of version 1 as in the schema. */
const asInManifest = (receipt: Receipt): Receipt =>
  receipt.version === 2 ? inCanonicalOrder(receipt) : receiptV1Schema.parse(receipt);
