import { and, eq, gte, lt } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import { checkRequests, watchedRuns } from "@/lib/db/schema";
import { conflict, invalidField } from "@/lib/errors";
import type { StartChecks, StartedChecks } from "@/lib/schemas/check";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { loadExport } from "@/lib/services/exports";
import { unstarted } from "@/lib/services/ledger";
import { withTemporal } from "@/lib/services/temporal";
import { getTemporal } from "@/lib/temporal/client";
import { startCheck } from "@/lib/temporal/start";
import { endRequest } from "./requests";

const MAX_WINDOWS = 10_000;
/** Requests of one export at a time. */
const AT_ONCE = 3;

/**
 * Checks the committed windows that start in a range again. Throws a 409 if there is none or other checks are still
 * under way, and a 422 above 10,000 windows.
 */
export async function startChecks(actor: Actor, input: StartChecks & { exportId: string }): Promise<StartedChecks> {
  const id = await getDb().transaction((tx) => insertRequest(tx, actor, input));
  try {
    await withTemporal(getTemporal(), (temporal) => startCheck(temporal, id, actor.organizationId));
  } catch (error) {
    await endRequest(getDb(), id, { ...unstarted(error), message: "Starting the checks failed." });
    throw error;
  }
  return { id };
}

async function insertRequest(tx: Tx, actor: Actor, input: StartChecks & { exportId: string }): Promise<string> {
  const exported = await loadExport(actor, input.exportId, { tx, lock: true });
  const range = { rangeStart: new Date(input.from), rangeEnd: new Date(input.to) };
  const windows = await committedIn(tx, exported.id, range);
  if (windows === 0)
    throw conflict("nothing_committed", "No window in this range is committed, so there is nothing to check.");
  if (windows > MAX_WINDOWS) {
    const [found, most] = [windows, MAX_WINDOWS].map((count) => count.toLocaleString("en-US"));
    throw invalidField("to", `The range has ${found} committed windows. Choose a range of at most ${most}.`);
  }
  const running = and(eq(checkRequests.exportId, exported.id), eq(checkRequests.state, "Running"));
  if ((await tx.$count(checkRequests, running)) >= AT_ONCE)
    throw conflict("checks_in_progress", `${AT_ONCE} checks of this export are in progress. Wait until one has ended.`);
  const { organizationId, projectId, id: exportId, name } = exported;
  const asker = { createdBy: actor.userId, requestedBy: actor.name };
  const [row] = await tx
    .insert(checkRequests)
    .values({ organizationId, projectId, exportId, kind: input.kind, ...range, windows, ...asker })
    .returning({ id: checkRequests.id });
  const after = { exportId, kind: input.kind, from: range.rangeStart, to: range.rangeEnd, windows };
  await recordAudit(tx, actor, { action: "check.start", object: { id: row!.id, name }, projectId, after });
  return row!.id;
}

const committedIn = (tx: Tx, exportId: string, { rangeStart, rangeEnd }: { rangeStart: Date; rangeEnd: Date }) => {
  const isInRange = and(gte(watchedRuns.intervalStart, rangeStart), lt(watchedRuns.intervalStart, rangeEnd));
  return tx.$count(watchedRuns, and(eq(watchedRuns.exportId, exportId), isInRange));
};
