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

/** How long, in ms, a small file and its commit may take here: what is slower goes on where the large files do. */
const PATIENCE = 30_000;

/** How far a step went beyond its plan. */
export interface Finished {
  /** The run is committed. */
  isDone?: true;
  /** The file was begun and failed: whoever goes on with it makes another try. */
  isTried?: true;
}

/**
 * Plans a run; where that gives one small file at most, exports it and commits in the same step. What fails after the plan is noted and
 * does not throw: the steps of their own go on. Throws an `ExportError` where the plan fails.
 */
export async function finishSmall(loaded: LoadedRun, current: Planning): Promise<PlannedRun & Finished> {
  const room = new SmallRoom(loaded.run.organizationId);
  try {
    const saved = await planLoaded(loaded, { ...current, goesOn: (bytes) => room.take(bytes) });
    return { ...answerOf(saved), ...(room.isTaken && (await finish(saved, current))) };
  } finally {
    room.giveBack();
  }
}

/** The same for a run that waited for its window to settle. A later try goes on with a commit that an earlier one had begun. */
export async function planAndFinish(runId: string, current: Planning): Promise<PlannedRun & Finished> {
  const loaded = await loadForPlan(runId);
  const plan = current.attempt > 1 ? committingPlan(loaded.run) : null;
  return plan ?? finishSmall(loaded, current);
}

/** The plan of a run whose commit was begun, so that the destination may have it: it is not planned anew. */
export function committingPlan({ state, source, planVersion, files }: PlannedRow): (PlannedRun & Finished) | null {
  const plan = { planVersion, files: files ?? 0 };
  if (state === "Completed") return { ...plan, isDone: true };
  return state === "Running" && source?.askedAt !== undefined ? plan : null;
}

async function finish({ planned, begun }: SavedPlan, { signal, onAlert }: Planning): Promise<Finished> {
  const { id } = planned.run;
  const within = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
  let writing = begun;
  try {
    const files = begun ? [await writeFile(planned, begun, { attempt: AT_ONCE, signal: within })] : [];
    writing = null;
    // A file that is at the destination already was neither begun nor loaded.
    const isWhole = files.length === planned.run.files;
    const alertId = await (isWhole ? commitFiles(planned, files, within) : commitRun(id, within));
    onAlert?.(alertId);
    return { isDone: true };
  } catch (error) {
    const failure = within.aborted ? null : failureOf(error);
    // A final failure is met again, and noted, by the step of its own, whose first try it is.
    if (failure && !failure.retryable) return {};
    if (failure) await noteFailure(id, 1, failure, writing ?? undefined);
    return begun ? { isTried: true } : {};
  }
}
