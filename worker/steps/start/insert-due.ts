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
  /** Latest end of the windows. */
  now: Date;
  limit: number;
  /** The workflow that takes the oldest of them; the rest get their own workflows. */
  workflowId?: string;
  /** Logged by those other runs. */
  note: string;
}

/**
 * Inserts runs for an export's due windows into the ledger, oldest first, and advances `dueFrom`. The caller must hold
 * the export. A window that another run holds in part waits, with those after it.
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
      // The insert moved `dueFrom` ahead though it made no run.
      await setDueFrom(tx, spec, reached);
      break;
    }
    made.push(run);
    reached = next;
    if (run.workflowId !== workflowId) await logRun(tx, run, { level: "info", message: note });
  }
  if (due.windows.length === 0 && due.dueFrom > dueFrom) await setDueFrom(tx, spec, due.dueFrom);
  return made;
}

const setDueFrom = (tx: Tx, { id }: ExportRow, dueFrom: Date) =>
  tx.update(exports).set({ dueFrom }).where(eq(exports.id, id));

/** Inserts a run and, in the same statement, advances the export's `dueFrom` to `next`. */
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
