import { and, eq, inArray, lt } from "drizzle-orm";
import pLimit from "p-limit";
import { getDb } from "@/lib/db/client";
import { connections, exports } from "@/lib/db/schema";
import { getLogger, loggable } from "@/lib/services/logger";
import { withTemporal } from "@/lib/services/temporal";
import { removeSchedule, syncSchedule } from "@/lib/temporal/schedules";
import { isResting } from "./blocked";

/** Schedules of one call: more are left to the rounds of reconciling. */
const MOST = 500;
const LANES = 10;
/** After so many failures it is Temporal that is away: the rest would only wait for it too. */
const PATIENCE = LANES;
/** How long, in ms, Temporal may take to answer: what it misses now is applied a minute later. */
const DEADLINE = 5_000;
/** How often a row may change under the call to Temporal before it is left to reconciling. */
const TRIES = 3;

/**
 * Brings Temporal's schedules in line with the exports that were changed, those named or else all. Call it after the change is
 * committed: what can't be applied now, because Temporal does not answer, is logged, and reconciling applies it within a minute.
 * Answers with how many it applied.
 */
export async function applyPending(exportIds?: readonly string[]): Promise<number> {
  if (exportIds?.length === 0) return 0;
  const named = exportIds && inArray(exports.id, exportIds.slice(0, MOST));
  const pending = await getDb()
    .select({ id: exports.id })
    .from(exports)
    .where(and(lt(exports.scheduleApplied, exports.scheduleVersion), named))
    .limit(MOST);
  let [applied, failed] = [0, 0];
  await pLimit(LANES).map(pending, async ({ id }) => {
    if (failed >= PATIENCE) return;
    try {
      await applyOne(id);
      applied += 1;
    } catch (error) {
      failed += 1;
      getLogger().warn({ exportId: id, error: loggable(error) }, "An export's schedule is applied later.");
    }
  });
  return applied;
}

/** Applies what is true by now, not what the change was: several changes may be on their way at once. */
async function applyOne(id: string): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const [found] = await getDb()
      .select({ spec: exports, connection: connections })
      .from(exports)
      .innerJoin(connections, eq(connections.id, exports.connectionId))
      .where(eq(exports.id, id));
    if (!found) return;
    const { spec, connection } = found;
    const { scheduleVersion } = spec;
    const apply = () => (spec.deletedAt ? removeSchedule(id) : syncSchedule(spec, isResting(spec, connection)));
    await withTemporal(apply, DEADLINE);
    const { rowCount } = await getDb()
      .update(exports)
      .set({ scheduleApplied: scheduleVersion })
      .where(and(eq(exports.id, id), eq(exports.scheduleVersion, scheduleVersion)));
    if (rowCount === 1) return;
  }
}
