import type { Tx } from "@/lib/db/client";
import { writesTables } from "@/lib/destinations/catalog";
import { type EarlierRun, type Replaces, replacedBy, rowsOfOthers } from "@/lib/services/ledger";
import type { LoadedRun } from "./load";

/** The rows of the newest committed receipt of exactly a run's window. */
export const rowsOfReceipt = ({ run }: LoadedRun, earlier: readonly EarlierRun[]): number =>
  replacedBy(run, earlier)?.rows ?? 0;

/**
 * How a run replaces receipts of other windows; null if it can't. An append deletes nothing, and persons are merged by
 * their IDs.
 */
export function replacesOthers({ spec: { destination, model } }: LoadedRun): Replaces | null {
  if (!writesTables(destination)) return "keys";
  return destination.commitMode === "replace" && model !== "persons" ? "within" : null;
}

/** The most rows that a run's receipt must have so that it replaces none by fewer. */
export async function rowsReplaced(tx: Tx, loaded: LoadedRun, earlier: readonly EarlierRun[]): Promise<number> {
  const how = replacesOthers(loaded);
  return Math.max(rowsOfReceipt(loaded, earlier), how ? await rowsOfOthers(tx, loaded.run, how) : 0);
}
