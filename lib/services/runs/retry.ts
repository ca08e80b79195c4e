import type { ExportRow } from "@/lib/db/rows";
import { conflict } from "@/lib/errors";
import { isActive } from "@/lib/fields/run-state";
import type { RetryRun, Run } from "@/lib/schemas/run";
import { type Actor, requirePermission } from "@/lib/services/access";
import { loadExport, requireVerified } from "@/lib/services/exports";
import { clip, type Window } from "@/lib/windows";
import { inProgress, insertRun } from "./insert";
import { knownRows } from "./known-rows";
import { loadRun } from "./load";
import { startInserted } from "./start-inserted";
import { BEGUN, type ListedRun, toRun } from "./to-run";

/**
 * Reruns a finished run's window, clipped to the export's end date. `allowShrink`, which needs a permission of its own,
 * lets this run replace the window by fewer rows than its receipt says; later runs may not. Throws a 409 while any run
 * on that window is active.
 */
export async function retryRun(actor: Actor, input: { id: string } & Partial<RetryRun>): Promise<Run> {
  const { id, allowShrink = false } = input;
  const run = await loadRun(actor, id);
  if (allowShrink) requirePermission(actor, "windows.shrink");
  if (isActive(run.state)) throw inProgress();
  const exported = await loadExport(actor, run.exportId);
  await requireVerified(exported);
  const { historicExportId, id: retryOf, requestId } = run;
  const row = await insertRun(actor, exported, windowOf(run, exported), {
    trigger: "retry",
    action: "run.retry",
    after: { retryOf: requestId, ...(allowShrink && { allowShrink, rows: await knownRows(run) }) },
    more: { historicExportId, retryOf, allowShrink },
  });
  await startInserted(row, exported);
  return toRun(row, BEGUN);
}

function windowOf(run: ListedRun, { endAt }: ExportRow): Window {
  // Ignores the start date: an earlier window that was once exported may be exported again.
  const window = clip({ start: run.intervalStart, end: run.intervalEnd }, { startAt: null, endAt });
  if (window) return window;
  const message = "This window is after the export's end date. To export it again, change the end date.";
  throw conflict("past_end_date", message);
}
