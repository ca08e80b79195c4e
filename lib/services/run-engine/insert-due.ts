import { randomUUID } from "node:crypto";
import { and, eq, gte } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { exports, runs } from "@/lib/db/schema";
import { loadRests } from "@/lib/services/exports/rests";
import { timelineOf } from "@/lib/services/exports/timeline";
import { newRequestId } from "@/lib/services/runs/request-id";
import { runWorkflowId } from "@/lib/temporal/contract";
import { boundaryAtOrBefore, type DueWindow, dueWindows, type Window } from "@/lib/windows";
import type { ExportRow, RunRow } from "./load";
import { logRun } from "./log";

interface Wanted {
  /** Windows that ended by then. */
  now: Date;
  limit: number;
  /** The workflow that is to take the oldest of them; the others get workflows of their own. */
  workflowId?: string;
  /** What the log of those others says. */
  note: string;
}

/**
 * Puts runs of the due windows of an export into the ledger, the oldest first, and notes up to where its windows are done with.
 * Hold the export. A window that someone else's run holds, though not the whole of it, waits with those after it.
 */
export async function insertDue(tx: Tx, spec: ExportRow, { now, limit, workflowId, note }: Wanted): Promise<RunRow[]> {
  const timeline = timelineOf(spec);
  const { dueFrom } = spec;
  const [rests, done] = [await loadRests(tx, spec), await runsSince(tx, spec, boundaryAtOrBefore(timeline, dueFrom))];
  const due = dueWindows({ timeline, bounds: spec, dueFrom, rests, done, now, limit });
  const made: RunRow[] = [];
  let reached = due.windows.length > 0 ? dueFrom : due.dueFrom;
  for (const window of due.windows) {
    const run = await insertRun(tx, spec, window, made.length === 0 ? workflowId : undefined);
    if (!run) break;
    made.push(run);
    reached = window === due.windows.at(-1) ? due.dueFrom : window.boundary;
    if (run.workflowId !== workflowId) await logRun(run, { level: "info", message: note }, tx);
  }
  if (reached > dueFrom) await tx.update(exports).set({ dueFrom: reached }).where(eq(exports.id, spec.id));
  return made;
}

/** The windows from `start` on that have a run, whatever became of it: a retry of it is asked for. */
const runsSince = (tx: Tx, { id }: ExportRow, start: Date): Promise<Window[]> =>
  tx
    .select({ start: runs.intervalStart, end: runs.intervalEnd })
    .from(runs)
    .where(and(eq(runs.exportId, id), gte(runs.intervalStart, start)));

async function insertRun(tx: Tx, spec: ExportRow, { start, end }: DueWindow, workflowId?: string) {
  const id = randomUUID();
  const { organizationId, projectId, id: exportId } = spec;
  const [run] = await tx
    .insert(runs)
    .values({
      id,
      organizationId,
      projectId,
      exportId,
      requestId: newRequestId(),
      workflowId: workflowId ?? runWorkflowId(id),
      trigger: "schedule",
      intervalStart: start,
      intervalEnd: end,
    })
    .onConflictDoNothing()
    .returning();
  return run;
}
