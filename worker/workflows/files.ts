import { PLAN_MISMATCH } from "../../lib/failure-codes";
import type { FileGroup, Turn } from "../../lib/temporal/contract";
import { exportFile, exportGroup } from "./activities";
import { failureOf } from "./failure";

/** Concurrent steps of one run. */
const AT_ONCE = 3;
/** Steps per history: a plan of any size stays far below Temporal's limit on events. */
const STEPS_PER_HISTORY = 500;

/** A plan's files from an index on, and their groups; plans of earlier versions have none. */
export interface PlannedFiles {
  files: number;
  from: number;
  groups?: FileGroup[];
}

/** Ranges of files, one activity each, up to a history's limit; most hold one file. */
export function stepsOfHistory({ files, from, groups = [] }: PlannedFiles): FileGroup[] {
  const ends = new Map(groups);
  const steps: FileGroup[] = [];
  for (let at = from; at < files && steps.length < STEPS_PER_HISTORY; ) {
    const to = ends.get(at) ?? at + 1;
    steps.push([at, to]);
    at = to;
  }
  return steps;
}

/**
 * Exports a plan's files, a few steps at once. False if the source no longer matches the plan. Waits for steps in
 * flight before it throws, so that none outlives the run.
 */
export async function exportFiles(
  plan: { runId: string; planVersion: number; steps: readonly FileGroup[]; isTried?: true },
  turn: Turn | undefined,
) {
  const { runId, planVersion, steps, isTried } = plan;
  let next = 0;
  const errors: unknown[] = [];
  const lane = async () => {
    while (next < steps.length && errors.length === 0) {
      const [from, to] = steps[next++]!;
      try {
        if (to - from > 1) await exportGroup({ runId, planVersion, from, to }, turn);
        else await exportFile({ runId, planVersion, index: from, ...(isTried && { isTried }) }, turn);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  const real = errors.filter((error) => failureOf(error).code !== PLAN_MISMATCH);
  if (real.length > 0) throw real[0];
  return errors.length === 0;
}
