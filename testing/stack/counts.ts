/** A runner's results. A check such as lint counts as one test. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** What failed and why, a line each, as far as the runner says. */
  failures?: string[];
}

export const ONE_PASSED: Counts = { passed: 1, failed: 0, skipped: 0 };
export const ONE_FAILED: Counts = { passed: 0, failed: 1, skipped: 0 };

/** Adds up all runners' results. */
export function sum(all: Counts[]): Counts {
  const add = (a: Counts, b: Counts) => ({
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  });
  const failures = all.flatMap((counts) => counts.failures ?? []);
  return { ...all.reduce(add, { passed: 0, failed: 0, skipped: 0 }), ...(failures.length > 0 && { failures }) };
}

/**
 * The results of a test runner, adjusted by its exit code: an error exit without a failed test, or no test at all,
 * counts as one failure.
 */
export function honest(report: Counts | undefined, exitCode: number | null): Counts {
  const counts = report ?? { passed: 0, failed: 0, skipped: 0 };
  const silent = counts.failed === 0 && (exitCode !== 0 || counts.passed === 0);
  return silent ? { ...counts, failed: 1 } : counts;
}

/**
 * The last lines of `npm test`, with what failed, which is far up in the output. The very last line holds only two
 * numbers, for programs that parse it.
 */
export function summaryLine({ passed, failed, skipped, failures = [] }: Counts): string {
  const left = skipped > 0 ? [`${skipped} left out, each with its reason in its name`] : [];
  return [...failures.map((it) => `Failed: ${it}`), ...left, `${passed} passed, ${failed} failed`].join("\n");
}
