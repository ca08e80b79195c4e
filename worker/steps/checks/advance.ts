import { and, asc, eq, gte, lt, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import type { CheckRequestRow } from "@/lib/db/rows";
import { checkRequests, watchedRuns } from "@/lib/db/schema";
import { endRequest, recordChecks } from "@/lib/services/checks";
import type { Dependencies } from "@/lib/services/dependencies";
import { MINUTE } from "@/lib/units";
import { askRuns } from "./ask-runs";
import { auditRuns } from "./audit-runs";

/** Windows that are recorded together: reading files back takes longest. */
const BATCH = { source: 100, destination: 200, deep: 1 };
/** How long a step goes on with the next windows. */
const STEP = 2 * MINUTE;

export interface Advanced {
  isDone: boolean;
  alertIds: string[];
}

/** Checks the next windows of a request, oldest first. A repeated step checks its last windows again. */
export async function advanceChecks(deps: Dependencies, checkId: string, signal: AbortSignal): Promise<Advanced> {
  const until = Date.now() + STEP;
  const all: Advanced = { isDone: false, alertIds: [] };
  while (!all.isDone && Date.now() < until) {
    const { isDone, alertIds } = await advance(deps, checkId, signal);
    all.isDone = isDone;
    all.alertIds.push(...alertIds);
  }
  return all;
}

async function advance(deps: Dependencies, checkId: string, signal: AbortSignal): Promise<Advanced> {
  const [request] = await deps.db.select().from(checkRequests).where(eq(checkRequests.id, checkId));
  if (request?.state !== "Running") return { isDone: true, alertIds: [] };
  const next = await nextRuns(deps.db, request);
  const last = next.at(-1);
  if (!last) {
    await endRequest(deps.db, checkId, null);
    return { isDone: true, alertIds: [] };
  }
  const runIds = next.map(({ runId }) => runId);
  const findings =
    request.kind === "source"
      ? await askRuns(deps, runIds, { fingerprints: true, signal })
      : await auditRuns(deps, request.exportId, runIds, { isDeep: request.kind === "deep", signal });
  const alertIds = await recordChecks(deps, findings, { checkId });
  await deps.db
    .update(checkRequests)
    // A window that was superseded meanwhile counts as done, and one that was added may exceed the count.
    .set({
      done: sql`least(${checkRequests.windows}, ${checkRequests.done} + ${next.length})`,
      doneUpTo: last.intervalStart,
      doneRunId: last.runId,
    })
    .where(eq(checkRequests.id, checkId));
  return { isDone: false, alertIds };
}

const nextRuns = (db: Db, { exportId, rangeStart, rangeEnd, doneUpTo, doneRunId, kind }: CheckRequestRow) =>
  db
    .select({ runId: watchedRuns.runId, intervalStart: watchedRuns.intervalStart })
    .from(watchedRuns)
    .where(
      and(
        eq(watchedRuns.exportId, exportId),
        gte(watchedRuns.intervalStart, rangeStart),
        doneUpTo
          ? sql`(${watchedRuns.intervalStart}, ${watchedRuns.runId}) > (${doneUpTo.toISOString()}::timestamptz, ${doneRunId}::uuid)`
          : undefined,
        lt(watchedRuns.intervalStart, rangeEnd),
      ),
    )
    .orderBy(asc(watchedRuns.intervalStart), asc(watchedRuns.runId))
    .limit(BATCH[kind]);
