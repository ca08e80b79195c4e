import { sweep } from "./activities";

/** Keeps the ledger true to what really runs. */
export async function reconcile(): Promise<void> {
  await sweep();
}
