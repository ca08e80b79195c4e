import { PLAN_MISMATCH } from "@/lib/failure-codes";
import { ExportError } from "../errors";

/** The failure of a file whose rows differ from its plan: another count, or the same count of other rows. */
export const planMismatch = (expected: number, found: number) =>
  new ExportError({
    code: PLAN_MISMATCH,
    message:
      found === expected
        ? `The ${expected} rows of a file have changed since the window was planned.`
        : `The source returned ${found} rows, but the plan counted ${expected}: rows in this window have changed.`,
    fix: null,
    retryable: true,
  });
