import type { RunRow } from "@/lib/db/rows";
import { ExportError } from "@/lib/errors";
import { PLAN_MISMATCH } from "@/lib/failure-codes";
import type { Receipt } from "@/lib/fields/receipt";
import { askAgain } from "@/lib/source/ask-again";
import type { Source } from "@/lib/source/client";

/**
 * Checks, right before the commit, that the source still has what the plan measured. One query over the whole window
 * also reveals groups that add up to less. Returns the receipt's statement about the source. A commit whose manifest
 * may already be stored keeps its original one. Throws an `ExportError` with the code `plan_mismatch` if the window's
 * rows differ.
 */
export async function confirmSource(
  clickhouse: Source,
  { manifest }: Pick<RunRow, "manifest">,
  source: Receipt["source"],
  signal: AbortSignal,
): Promise<Receipt["source"]> {
  if (source.askedAt !== undefined && manifest !== null) return source;
  const { rows, fingerprint, ...answered } = await askAgain(clickhouse, source, signal);
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
