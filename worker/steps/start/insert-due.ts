import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { ExportRow, RunRow } from "@/lib/db/rows";
import { exports, runs } from "@/lib/db/schema";
import { logRun, newRun } from "@/lib/services/ledger";
import { timelineOf } from "@/lib/services/schedules";
import { type DueWindow, dueWindows } from "@/lib/windows";
import type { DueFacts } from "./due-facts";

interface Wanted {
  facts: DueFacts;
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
export async function insertDue(
  tx: Tx,
  spec: ExportRow,
  { facts, now, limit, workflowId, note }: Wanted,
): Promise<RunRow[]> {
  const timeline = timelineOf(spec);
  const { dueFrom } = spec;
  const { rests, done } = facts;
  const due = dueWindows({ timeline, bounds: spec, dueFrom, rests, done, now, limit });
  const made: RunRow[] = [];
  let reached = dueFrom;
  for (const window of due.windows) {
    const next = window === due.windows.at(-1) ? due.dueFrom : window.boundary;
    const run = await insertRun(tx, spec, window, { next, workflowId: made.length === 0 ? workflowId : undefined });
    if (!run) {
      // The moment has moved on with the run that was not made.
      await setDueFrom(tx, spec, reached);
      break;
    }
    made.push(run);
    reached = next;
    if (run.workflowId !== workflowId) await logRun(run, { level: "info", message: note }, tx);
  }
  if (due.windows.length === 0 && due.dueFrom > dueFrom) await setDueFrom(tx, spec, due.dueFrom);
  return made;
}

const setDueFrom = (tx: Tx, { id }: ExportRow, dueFrom: Date) =>
  tx.update(exports).set({ dueFrom }).where(eq(exports.id, id));

/** Makes a run, and in the same statement moves on to `next` up to where the export's windows are done with. */
async function insertRun(
  tx: Tx,
  spec: ExportRow,
  window: DueWindow,
  { next, workflowId }: { next: Date; workflowId: string | undefined },
) {
  const [run] = await tx
    .with(tx.$with("moved", {}).as(setDueFrom(tx, spec, next).getSQL()))
    .insert(runs)
    .values(newRun(spec, window, { trigger: "schedule", workflowId }))
    .onConflictDoNothing()
    .returning();
  return run;
}
