import type { RunRow } from "@/lib/db/rows";
import { ExportError } from "@/lib/errors";
import { PLAN_MISMATCH } from "@/lib/failure-codes";
import type { Receipt } from "@/lib/fields/receipt";
import { askAgain } from "@/lib/source/ask-again";

/**
 * Asks the source, right before the commit, whether it still has what the plan measured; in one query over the whole window, so that
 * groups which add up to less show as well. Answers with what the receipt says of the source. A commit whose manifest may be there
 * keeps the answer that it was written with. Throws an `ExportError` with the code `plan_mismatch` when the window has other rows.
 */
export async function confirmSource(
  { manifest }: Pick<RunRow, "manifest">,
  source: Receipt["source"],
  signal: AbortSignal,
): Promise<Receipt["source"]> {
  if (source.askedAt !== undefined && manifest !== null) return source;
  const { rows, fingerprint, ...answered } = await askAgain(source, signal);
  if (rows !== source.rows || fingerprint !== source.fingerprint) throw changed(source, { rows });
  return { ...source, ...answered };
}

function changed(planned: Receipt["source"], found: { rows: number }): ExportError {
  const what =
    found.rows === planned.rows
      ? `The ${planned.rows} rows of this window are not the same any more`
      : `The source has ${found.rows} rows of this window where the plan had counted ${planned.rows}`;
  return new ExportError({
    code: PLAN_MISMATCH,
    message: `${what}: they have changed since the window was planned.`,
    fix: null,
    retryable: true,
  });
}
