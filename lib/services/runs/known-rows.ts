import { and, desc, eq, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import { sameWindow } from "@/lib/services/ledger";
import type { ListedRun } from "./to-run";

/** SQL, for a row of `runs`: the rows that the last check of its receipt found at the source. */
const rowsAtSource = sql<number | null>`(select (c.found->>'rows')::bigint from checks c
  where c.run_id = runs.id and c.kind = 'source' order by c.checked_at desc limit 1)`.mapWith(Number);

/**
 * The rows of a window's receipt and those at the source, as far as they are known: from the failure of the run that is
 * retried, or from the newest receipt and its last check.
 */
export async function knownRows(run: ListedRun): Promise<{ receipt: number | null; source: number | null }> {
  if (run.error?.rows) return run.error.rows;
  const [committed] = await getDb()
    .select({ receipt: runs.rows, source: rowsAtSource })
    .from(runs)
    .where(and(sameWindow(run), eq(runs.state, "Completed")))
    .orderBy(desc(runs.fence))
    .limit(1);
  return committed ?? { receipt: null, source: null };
}
