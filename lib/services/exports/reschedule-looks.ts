import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { exports, watchedRuns } from "@/lib/db/schema";

/** Sets when the source is asked again for each of an export's committed windows, after a change of its checks. */
export async function rescheduleLooks(tx: Tx, exportId: string): Promise<void> {
  await tx
    .update(watchedRuns)
    // A look whose time has passed is not made up for.
    .set({
      nextLookAt: sql`next_look(${watchedRuns.committedAt},
        greatest(${watchedRuns.looked}, extract(epoch from least(now() - ${watchedRuns.committedAt}, interval '60 days'))::int),
        (select ${exports.checks} -> 'source' from ${exports} where ${exports.id} = ${exportId}))`,
    })
    .where(eq(watchedRuns.exportId, exportId));
}
