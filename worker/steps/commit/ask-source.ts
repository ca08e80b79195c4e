import type { RunRow } from "@/lib/db/rows";
import { ExportError } from "@/lib/errors";
import { PLAN_MISMATCH } from "@/lib/failure-codes";
import type { Accounting, ReceiptV2, SourceStatement } from "@/lib/fields/receipt";
import { account, accountingQuery } from "@/lib/source/accounting";
import { askAgain } from "@/lib/source/ask-again";
import type { Source } from "@/lib/source/client";
import { FINGERPRINT } from "@/lib/source/predicate";
import { type LoadedRun, selectionOf, tablesOf } from "../load";

/** What a receipt says of its source. */
export type Asked = Pick<ReceiptV2, "source" | "accounting">;

/**
 * Checks, right before the commit, that the source still has what the plan measured, and accounts for every row of the
 * window. One query over the whole window also reveals groups that add up to less. Throws an `ExportError`: with the
 * code `plan_mismatch` if the window's rows differ, or `unaccounted` if the account does not add up.
 */
export async function askSource(
  from: Source,
  loaded: LoadedRun,
  planned: SourceStatement,
  { isFirst, signal }: Asking,
): Promise<Asked> {
  const query = accountingQuery(tablesOf(loaded).map((table) => selectionOf(loaded, table)));
  const [{ rows, fingerprint, ...answered }, accounting] = await Promise.all([
    again(from, loaded.run, planned, { isFirst, signal }),
    account(from, query, signal),
  ]);
  if (rows !== planned.rows || fingerprint !== planned.fingerprint) throw changed(planned, rows);
  const written = accounting.reduce((total, { expandedTo }) => total + expandedTo, 0);
  if (written !== rows) throw changed(planned, written);
  requireClosed(accounting);
  const { sql, params } = query;
  const source = { ...planned, ...answered, formula: planned.formula ?? FINGERPRINT };
  return { source: { ...source, accounting: { query: sql, params } }, accounting };
}

interface Asking {
  /** Whether no try of the run's commit has sealed a receipt yet. */
  isFirst: boolean;
  signal: AbortSignal;
}

/** A commit of an earlier version, which sealed nothing but may have stored its manifest, keeps its answer. */
function again(
  from: Source,
  { manifest }: Pick<RunRow, "manifest">,
  planned: SourceStatement,
  { isFirst, signal }: Asking,
) {
  const { rows, fingerprint, host, version, askedAt } = planned;
  if (isFirst && manifest !== null && host !== undefined && version !== undefined && askedAt !== undefined)
    return { rows, fingerprint, host, version, askedAt };
  return askAgain(from, planned, signal);
}

/** Rows that are neither selected nor left out for a counted reason: 0 if the account adds up. */
export const unaccounted = (counts: Accounting): number =>
  counts.inWindow -
  counts.olderVersions -
  counts.deleted -
  counts.duplicates -
  counts.excludedByEvent -
  counts.excludedByProperty -
  counts.selected;

function requireClosed(accounting: readonly Accounting[]): void {
  for (const counts of accounting) {
    const rest = unaccounted(counts);
    if (rest === 0) continue;
    throw new ExportError({
      code: "unaccounted",
      message: `The table ${counts.table} has ${counts.inWindow} rows in this window, and ${Math.abs(rest)} of them are ${rest > 0 ? "not accounted for" : "counted twice"}.`,
      fix: "Retry the run. If that doesn't help, report the problem with the run's ID: two queries of the source disagree.",
      retryable: true,
    });
  }
}

function changed(planned: SourceStatement, found: number): ExportError {
  const what =
    found === planned.rows
      ? `The source still has ${planned.rows} rows in this window, but they differ from the plan`
      : `The source has ${found} rows in this window, but the plan counted ${planned.rows}`;
  return new ExportError({
    code: PLAN_MISMATCH,
    message: `${what}: rows have changed since the window was planned.`,
    fix: null,
    retryable: true,
  });
}
