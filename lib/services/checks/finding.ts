import type { RunRow } from "@/lib/db/rows";
import type { CheckedRows, CheckKind, CheckOutcome, Found, Look } from "@/lib/fields/checks";

/** A committed run as checks see it. */
export type CheckedRun = Pick<
  RunRow,
  "id" | "organizationId" | "projectId" | "exportId" | "intervalStart" | "intervalEnd"
>;

/** What one look at one window found, before it is recorded. */
export interface Finding {
  run: CheckedRun;
  kind: CheckKind;
  /** Which of the scheduled looks at the source it is. */
  look?: Look | null;
  outcome: CheckOutcome;
  /** A sentence: why it could not be checked, or what was found. */
  reason: string | null;
  expected: CheckedRows;
  found: Found;
  /** It could not be found out now: the look counts as not made, and is repeated soon. */
  isTemporary?: boolean;
}
