import type { Client } from "@temporalio/client";
import { eq } from "drizzle-orm";
import pMap from "p-map";
import type { ConnectionRow, ExportRow } from "@/lib/db/rows";
import { connections, exports } from "@/lib/db/schema";
import { getEnv } from "@/lib/env";
import type { Dependencies } from "@/lib/services/dependencies";
import { getLogger, loggable } from "@/lib/services/logger";
import { applyPending, isResting } from "@/lib/services/schedules";
import { isExportSchedule, listSchedules } from "@/lib/temporal/listed-schedules";
import { describeSchedule, removeSchedule, scheduleHash, syncSchedule } from "@/lib/temporal/schedules";

const LANES = 10;
/** Time limit of a round, in ms; the next one, a minute later, does the rest. */
const ROUND = 40_000;

type Listed = Map<string, { paused: boolean; madeFrom: string | null; workflowType: string }>;

/**
 * Brings Temporal's schedules in line with the exports: applies pending changes, creates schedules that are missing or
 * outdated, and removes those without an export. Leaves others' schedules in the namespace alone. Ends early if it is
 * canceled or takes long. Returns how many it changed.
 */
export async function healSchedules(deps: Dependencies, signal?: AbortSignal): Promise<number> {
  const until = Date.now() + ROUND;
  const applied = await applyPending(deps);
  const listed: Listed = new Map();
  for await (const { id, ...schedule } of listSchedules(deps.temporal)) listed.set(id, schedule);
  // Read after Temporal: a schedule is created after its export, so an export that is missing now is gone.
  const rows = await deps.db
    .select({ spec: exports, connection: connections })
    .from(exports)
    .innerJoin(connections, eq(connections.id, exports.connectionId));
  const repairs = rows.flatMap((row) => repairOf(deps.temporal, row, listed) ?? []);
  const known = new Set(rows.map(({ spec }) => spec.id));
  for (const [id, { workflowType }] of listed)
    if (isExportSchedule({ id, workflowType }) && !known.has(id)) repairs.push(removeOurs(deps.temporal, id));
  let changed = applied;
  await pMap(
    repairs,
    async ({ id, repair }) => {
      if (signal?.aborted || Date.now() > until) return;
      try {
        if (await repair()) changed += 1;
      } catch (error) {
        getLogger().warn({ exportId: id, error: loggable(error) }, "Updating a schedule to match its export failed.");
      }
    },
    { concurrency: LANES },
  );
  return changed;
}

interface Repair {
  id: string;
  /** False if there was nothing to do after all. */
  repair: () => Promise<boolean>;
}

/** One export's repair; undefined if its schedule is in line. */
function repairOf(
  temporal: Client,
  { spec, connection }: { spec: ExportRow; connection: ConnectionRow },
  listed: Listed,
): Repair | undefined {
  const has = listed.get(spec.id);
  const { id } = spec;
  if (spec.deletedAt || spec.schedule.every === "once") {
    return has && { id, repair: () => removeSchedule(temporal, id).then(() => true) };
  }
  const resting = isResting(spec, connection);
  if (has?.paused === resting && has.madeFrom === scheduleHash(spec)) return undefined;
  return { id, repair: () => syncSchedule(temporal, spec, resting).then(() => true) };
}

/** Another installation in the namespace has schedules for its own exports, on its own task queue. */
const removeOurs = (temporal: Client, id: string): Repair => ({
  id,
  repair: async () => {
    if ((await describeSchedule(temporal, id))?.taskQueue !== getEnv().TEMPORAL_TASK_QUEUE) return false;
    await removeSchedule(temporal, id);
    return true;
  },
});
