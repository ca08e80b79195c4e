import {
  ApplicationFailure,
  CancellationScope,
  continueAsNew,
  isCancellation,
  patched,
  sleep,
  workflowInfo,
} from "@temporalio/workflow";
import { EXPORT_AGAIN, PLAN_MISMATCH } from "../../lib/failure-codes";
import type { ExportRunInput, Turn } from "../../lib/temporal/contract";
import { endRun, startRun, stepsOf } from "./activities";
import { failureOf } from "./failure";
import { exportFiles, stepsOfHistory } from "./files";

/** How often a window may change during a run before the run fails. */
const MAX_PLANS = 5;

/** How often a run exports lost staged data again before it fails. */
const MAX_AGAIN = 3;

interface Running {
  runId: string;
  /** Absent for a run that an earlier version started. */
  turn?: Turn | undefined;
  /** What the starting step has already planned. */
  plan?: Plan | undefined;
}

type Plan = Awaited<ReturnType<ReturnType<typeof stepsOf>["planRun"]>>;

/** One attempt on one window: plan, files, commit. The workflow type of every destination. */
export async function exportRun(input: ExportRunInput): Promise<void> {
  const { workflowId, searchAttributes, startTime } = workflowInfo();
  const scheduled = searchAttributes.TemporalScheduledStartTime?.[0];
  const scheduledFor = (scheduled instanceof Date ? scheduled : startTime).toISOString();
  let runId = input.resume?.runId ?? input.runId;
  try {
    const run = input.resume
      ? { runId: input.resume.runId, waitMs: 0, turn: input.resume.turn }
      : await startRun({ input, workflowId, scheduledFor });
    if (!run) return;
    runId = run.runId;
    if (run.waitMs > 0) await sleep(run.waitMs);
    await exportAndCommit(input, run);
  } catch (error) {
    // Continuing in a new history throws as well.
    if (error instanceof Error && error.name === "ContinueAsNew") throw error;
    await CancellationScope.nonCancellable(() =>
      isCancellation(error)
        ? endRun({ runId, workflowId, state: "Cancelled", error: null })
        : endRun({ runId, workflowId, state: "Failed", error: failureOf(error) }),
    );
    throw error;
  }
}

/**
 * Exports again what a warehouse lost from its staging before the commit, which names it in the ledger. Plans a window
 * again if its rows have changed.
 */
async function exportAndCommit(input: ExportRunInput, { runId, turn, plan: known }: Running): Promise<void> {
  if (known?.isDone) return;
  const { resume: _, ...fresh } = input;
  let from = input;
  let first = known;
  let plansBefore = 0;
  for (;;) {
    const plan = await planAndExport(from, { runId, turn, plan: first }, plansBefore);
    if (plan.isDone) return;
    first = undefined;
    const again = (from.resume?.again ?? 0) + 1;
    try {
      await stepsOf(turn).commitRun({ runId });
      return;
    } catch (error) {
      const { code } = failureOf(error);
      if (code === PLAN_MISMATCH && patched("plan-again")) {
        if (plan.planVersion >= MAX_PLANS) throw changing();
        plansBefore = plan.planVersion;
        from = fresh;
        continue;
      }
      if (again > MAX_AGAIN || !EXPORT_AGAIN.includes(code) || !patched("stage-again")) throw error;
    }
    from = { ...input, resume: { runId, ...plan, nextFile: 0, again, ...(turn && { turn }) } };
  }
}

async function planAndExport(input: ExportRunInput, running: Running, plansBefore: number): Promise<Plan> {
  const { runId, turn, plan: known } = running;
  const again = input.resume?.again ?? 0;
  let at = input.resume ?? (known ? { ...known, nextFile: 0 } : null);
  for (let plans = input.resume?.planVersion ?? plansBefore; ; plans += 1) {
    const plan: Plan = at ?? (await stepsOf(turn).planRun({ runId }));
    if (plan.isDone) return plan;
    const { planVersion, files, groups, isTried } = plan;
    const from = at?.nextFile ?? 0;
    at = null;
    const tried = isTried ? { isTried } : {};
    const grouped = groups ? { groups } : {};
    const steps = stepsOfHistory({ files, from, ...grouped });
    const to = steps.at(-1)?.[1] ?? files;
    const matched = await exportFiles({ runId, planVersion, steps, ...tried }, turn);
    if (matched && to < files)
      await continueAsNew<typeof exportRun>({
        ...input,
        resume: { runId, planVersion, files, ...grouped, nextFile: to, again, ...(turn && { turn }), ...tried },
      });
    if (matched) return { planVersion, files, ...grouped, ...tried };
    if (plans + 1 >= MAX_PLANS) throw changing();
  }
}

const changing = () => {
  const message = "The rows in this window keep changing while they are exported.";
  const fix = "Wait until the source has settled, or set a longer settle time; then retry the run.";
  const failure = { code: "source_changing", message, fix, retryable: true };
  return ApplicationFailure.create({ message, type: failure.code, nonRetryable: true, details: [failure] });
};
