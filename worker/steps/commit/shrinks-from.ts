import type { Tx } from "@/lib/db/client";
import { earlierOf } from "@/lib/services/ledger";
import type { LoadedRun } from "../load";
import { rowsReplaced } from "../rows-replaced";

/** The rows of what a run replaces by fewer, as an admin allowed; null if it has as many. Ask before it is Completed. */
export async function shrinksFrom(tx: Tx, loaded: LoadedRun, rows: number): Promise<number | null> {
  if (!loaded.run.allowShrink) return null;
  const before = await rowsReplaced(tx, loaded, await earlierOf(tx, loaded));
  return before > rows ? before : null;
}
