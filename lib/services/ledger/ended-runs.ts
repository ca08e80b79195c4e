import { and, eq, inArray, notInArray } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import type { EndedRuns } from "@/lib/destinations/types";
import { activeStates } from "@/lib/fields/run-state";

/** Run ids per query. PostgreSQL allows at most 65,535 parameters per statement. */
const BATCH = 10_000;

/**
 * Finds which runs of an organization have ended: only their leftovers in a warehouse's staging area may be removed.
 */
export const endedRunsOf =
  (db: Tx, organizationId: string): EndedRuns =>
  async (runIds) => {
    const ended = new Set<string>();
    for (let from = 0; from < runIds.length; from += BATCH) {
      const rows = await db
        .select({ id: runs.id })
        .from(runs)
        .where(
          and(
            eq(runs.organizationId, organizationId),
            inArray(runs.id, runIds.slice(from, from + BATCH)),
            notInArray(runs.state, activeStates),
          ),
        );
      for (const { id } of rows) ended.add(id);
    }
    return ended;
  };
