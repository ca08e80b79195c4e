import { healSchedules, sweep } from "./activities";

/** Keeps the ledger true to what really runs, and Temporal's schedules true to the exports. */
export async function reconcile(): Promise<void> {
  await sweep();
  await healSchedules();
}
