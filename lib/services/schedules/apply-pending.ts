import { and, eq, inArray, lt } from "drizzle-orm";
import pMap from "p-map";
import { connections, exports } from "@/lib/db/schema";
import type { Dependencies } from "@/lib/services/dependencies";
import { getLogger, loggable } from "@/lib/services/logger";
import { withTemporal } from "@/lib/services/temporal";
import { removeSchedule, syncSchedule } from "@/lib/temporal/schedules";
import { isResting } from "./blocked";

/** Schedules per call; the rest are left to reconciliation. */
const MOST = 500;
const LANES = 10;
/** After this many failures Temporal is presumed down: the rest would only wait too. */
const PATIENCE = LANES;
/** Time limit for Temporal to respond, in ms. What fails now is applied a minute later. */
const DEADLINE = 5_000;
/** Attempts when a row changes during the call to Temporal, before leaving it to reconciliation. */
const TRIES = 3;

/**
 * Syncs Temporal's schedules with changed exports, either the given ones or all. Call it after committing the change.
 * If Temporal does not respond, the failure is logged and reconciliation applies it within a minute. Returns the number
 * applied.
 */
export async function applyPending(deps: Dependencies, exportIds?: readonly string[]): Promise<number> {
  if (exportIds?.length === 0) return 0;
  const named = exportIds && inArray(exports.id, exportIds.slice(0, MOST));
  const pending = await deps.db
    .select({ id: exports.id })
    .from(exports)
    .where(and(lt(exports.scheduleApplied, exports.scheduleVersion), named))
    .limit(MOST);
  let [applied, failed] = [0, 0];
  await pMap(
    pending,
    async ({ id }) => {
      if (failed >= PATIENCE) return;
      try {
        await applyOne(deps, id);
        applied += 1;
      } catch (error) {
        failed += 1;
        getLogger().warn(
          { exportId: id, error: loggable(error) },
          "Applying an export's schedule failed; it is retried.",
        );
      }
    },
    { concurrency: LANES },
  );
  return applied;
}

/** Applies the current state, not the change itself: several changes may be pending at once. */
async function applyOne(deps: Dependencies, id: string): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const [found] = await deps.db
      .select({ spec: exports, connection: connections })
      .from(exports)
      .innerJoin(connections, eq(connections.id, exports.connectionId))
      .where(eq(exports.id, id));
    if (!found) return;
    const { spec, connection } = found;
    const { scheduleVersion } = spec;
    const apply = () =>
      spec.deletedAt
        ? removeSchedule(deps.temporal, id)
        : syncSchedule(deps.temporal, spec, isResting(spec, connection));
    await withTemporal(deps.temporal, apply, DEADLINE);
    const { rowCount } = await deps.db
      .update(exports)
      .set({ scheduleApplied: scheduleVersion })
      .where(and(eq(exports.id, id), eq(exports.scheduleVersion, scheduleVersion)));
    if (rowCount === 1) return;
  }
}
