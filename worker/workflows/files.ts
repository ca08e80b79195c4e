import { PLAN_MISMATCH, type Turn } from "../../lib/temporal/contract";
import { exportFile } from "./activities";
import { failureOf } from "./failure";

/** Files of one run that are on their way at once. */
const AT_ONCE = 3;

/**
 * Exports the files `from` to `to` of a plan, a few at once. False when the source no longer matches the plan. Waits for
 * what is on its way before it throws, so that nothing of a run goes on behind its back.
 */
export async function exportFiles(
  plan: { runId: string; planVersion: number; from: number; to: number; isTried?: true },
  turn: Turn | undefined,
) {
  const { runId, planVersion, isTried } = plan;
  let next = plan.from;
  const errors: unknown[] = [];
  const lane = async () => {
    while (next < plan.to && errors.length === 0) {
      const index = next++;
      try {
        await exportFile({ runId, planVersion, index, ...(isTried && { isTried }) }, turn);
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
