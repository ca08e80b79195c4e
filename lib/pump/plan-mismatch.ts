import { PLAN_MISMATCH } from "@/lib/failure-codes";
import { ExportError } from "../errors";

/** The failure of a file whose rows differ from its plan: another count, or the same count of other rows. */
export const planMismatch = (expected: number, found: number) =>
  new ExportError({
    code: PLAN_MISMATCH,
    message:
      found === expected
        ? `The ${expected} rows of a file are no longer the same: rows of this window have changed since it was planned.`
        : `The source returned ${found} rows, but the plan counted ${expected}: rows of this window have changed.`,
    fix: null,
    retryable: true,
  });
