import { AppError } from "@/lib/errors";
import type { Receipt } from "@/lib/schemas/receipt";
import type { Actor } from "@/lib/services/auth/actor";
import { loadRun } from "./load";

/** What a completed run proves. A run that is not completed has none: 404 with the code `no_receipt`. */
export async function getReceipt(actor: Actor, input: { id: string }): Promise<Receipt> {
  const run = await loadRun(actor, input.id);
  if (run.receipt) return run.receipt;
  throw new AppError("no_receipt", `Only a completed run has a receipt; this one is ${run.state}.`, 404);
}
