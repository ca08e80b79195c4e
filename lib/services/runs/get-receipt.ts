import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { type Receipt, receiptSchema } from "@/lib/schemas/receipt";
import type { Actor } from "@/lib/services/auth/actor";
import { loadRun } from "./load";

/** What a completed run proves. A run that is not completed has none: 404 with the code `no_receipt`. */
export async function getReceipt(actor: Actor, input: { id: string }): Promise<Receipt> {
  const run = await loadRun(actor, input.id);
  const [found] = await getDb().select({ receipt: runs.receipt }).from(runs).where(eq(runs.id, run.id));
  // PostgreSQL keeps no order of fields: the schema brings them back into the manifest's.
  if (found?.receipt) return receiptSchema.parse(found.receipt);
  throw new AppError("no_receipt", `Only a completed run has a receipt; this one is ${run.state}.`, 404);
}
