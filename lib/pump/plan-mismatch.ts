import { PLAN_MISMATCH } from "@/lib/failure-codes";
import { ExportError } from "../errors";

/** The failure of a file whose rows differ from its plan: another count, or the same count of other rows. */
export const planMismatch = (expected: number, found: number) =>
  new ExportError({
    code: PLAN_MISMATCH,
    message:
      found === expected
        ? `The ${expected} rows of a file are not the same any more: rows of this window have changed since it was planned.`
        : `The source gave ${found} rows where the plan had counted ${expected}: rows of this window have changed.`,
    fix: null,
    retryable: true,
  });
