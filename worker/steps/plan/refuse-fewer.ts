import type { RunRow } from "@/lib/db/rows";
import { ExportError } from "@/lib/errors";
import { WOULD_SHRINK } from "@/lib/failure-codes";

/** Rows of what a run would replace, and of what it would write. */
export interface Replacement {
  receipt: number;
  source: number;
  /** Whether the receipts are those of other windows. */
  isOthers?: boolean;
}

/** Throws `would_shrink` if a run would replace fewer rows than a receipt says, and no admin has allowed it. */
export function refuseFewer(
  { allowShrink, planVersion }: Pick<RunRow, "allowShrink" | "planVersion">,
  { receipt, source, isOthers = false }: Replacement,
): void {
  if (allowShrink || source >= receipt) return;
  const whose = isOthers ? "the receipts of other windows that this run would replace have" : "its receipt has";
  // An earlier plan of the run, of as many rows, may have written files.
  const before = planVersion === 0 ? " Nothing was written or removed." : "";
  throw new ExportError({
    code: WOULD_SHRINK,
    message: `The source now has ${source} rows in this window, but ${whose} ${receipt}.${before}`,
    fix:
      "Check whether rows were deleted from the source or expired, and whether the export’s filters changed. " +
      "Once the rows are back, retry the run. If the window should have fewer rows, an admin can retry it with “Allow fewer rows”. Rows that only the destination still has are then lost.",
    retryable: false,
    rows: { receipt, source },
  });
}
