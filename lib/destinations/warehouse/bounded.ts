import { ExportError } from "../../errors";
import { MINUTE } from "../../units";

/** How long an audit counts the rows of one table, in ms: a longer count would overlap the next audit. */
export const LONGEST_COUNT = 10 * MINUTE;

/** Runs a count that ends with the signal, or when it takes too long. `work` ends its query when its own signal says. */
export async function bounded<T>(
  bare: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
  longest = LONGEST_COUNT,
): Promise<T> {
  const late = AbortSignal.timeout(longest);
  try {
    return await work(AbortSignal.any([signal, late]));
  } catch (error) {
    signal.throwIfAborted();
    throw late.aborted ? tooLong(bare, longest, error) : error;
  }
}

/** Final: the next try would take as long. */
const tooLong = (bare: string, longest: number, cause: unknown) =>
  new ExportError(
    {
      code: "count_too_long",
      message: `Counting the rows of ${bare} takes longer than ${longest / MINUTE} minutes. If the table has no index, partition, or clustering by _export_id and _interval_start, add one.`,
      fix: null,
      retryable: false,
    },
    { cause },
  );
