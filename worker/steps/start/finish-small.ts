import type { Dependencies } from "@/lib/services/dependencies";
import type { PlannedRow } from "@/lib/services/ledger";
import { commitFiles, commitRun } from "../commit/commit-run";
import { failureOf } from "../failure";
import { writeFile } from "../files/export-file";
import { noteFailure } from "../files/note-try";
import { AT_ONCE } from "../files/send-file";
import type { LoadedRun } from "../load";
import { loadForPlan } from "../plan/load-for-plan";
import { answerOf, type PlannedRun, type Planning, planLoaded } from "../plan/plan-run";
import type { SavedPlan } from "../plan/save-plan";
import { SmallRoom } from "./small-room";

/** Time limit, in ms, for a small file and its commit in this step; slower ones go where large files do. */
const PATIENCE = 30_000;

/** How far a step went beyond its plan. */
export interface Finished {
  /** The run is committed. */
  isDone?: true;
  /** The file was begun and failed: the next step makes another try. */
  isTried?: true;
}

/**
 * Plans a run and, if the plan is at most one small file, exports and commits it in the same step. A failure after the
 * plan is recorded, not thrown: separate steps continue. Throws an `ExportError` if the plan fails.
 */
export async function finishSmall(
  deps: Dependencies,
  loaded: LoadedRun,
  current: Planning,
): Promise<PlannedRun & Finished> {
  const room = new SmallRoom(loaded.run.organizationId);
  try {
    const saved = await planLoaded(deps, loaded, { ...current, goesOn: (bytes) => room.take(bytes) });
    return { ...answerOf(saved), ...(room.isTaken && (await finish(deps, saved, current))) };
  } finally {
    room.giveBack();
  }
}

/** The same for a run that waited for its window to settle. A later try resumes a commit that an earlier one began. */
export async function planAndFinish(
  deps: Dependencies,
  runId: string,
  current: Planning,
): Promise<PlannedRun & Finished> {
  const loaded = await loadForPlan(deps.db, runId);
  const plan = current.attempt > 1 ? committingPlan(loaded.run) : null;
  return plan ?? finishSmall(deps, loaded, current);
}

/** The plan of a run whose commit has begun. The destination may have it, so the run is not planned again. */
export function committingPlan({ state, source, planVersion, files }: PlannedRow): (PlannedRun & Finished) | null {
  const plan = { planVersion, files: files ?? 0 };
  if (state === "Completed") return { ...plan, isDone: true };
  return state === "Running" && source?.askedAt !== undefined ? plan : null;
}

async function finish(
  deps: Dependencies,
  { planned, begun }: SavedPlan,
  { signal, onAlert }: Planning,
): Promise<Finished> {
  const { id } = planned.run;
  const within = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
  let writing = begun;
  try {
    const files = begun ? [await writeFile(deps, planned, begun, { attempt: AT_ONCE, signal: within })] : [];
    writing = null;
    // A file already at the destination was neither begun nor loaded.
    const isWhole = files.length === planned.run.files;
    const alertId = await (isWhole ? commitFiles(deps, planned, files, within) : commitRun(deps, id, within));
    onAlert?.(alertId);
    return { isDone: true };
  } catch (error) {
    const failure = within.aborted ? null : failureOf(error);
    // The separate step meets a final failure again, on its own first try, and records it.
    if (failure && !failure.retryable) return {};
    if (failure) await noteFailure(deps.db, id, 1, failure, writing ?? undefined);
    return begun ? { isTried: true } : {};
  }
}
