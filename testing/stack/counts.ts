/** What a runner did. A check such as lint counts as one test. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export const ONE_PASSED: Counts = { passed: 1, failed: 0, skipped: 0 };
export const ONE_FAILED: Counts = { passed: 0, failed: 1, skipped: 0 };

/** Adds up what all runners did. */
export function sum(all: Counts[]): Counts {
  const add = (a: Counts, b: Counts) => ({
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  });
  return all.reduce(add, { passed: 0, failed: 0, skipped: 0 });
}

/**
 * What a test runner did, its exit code taken into account: a runner that ended badly without a failed test, or that ran
 * no test at all, has failed once.
 */
export function honest(report: Counts | undefined, exitCode: number | null): Counts {
  const counts = report ?? { passed: 0, failed: 0, skipped: 0 };
  const silent = counts.failed === 0 && (exitCode !== 0 || counts.passed === 0);
  return silent ? { ...counts, failed: 1 } : counts;
}

/** The last lines of `npm test`: the very last one holds two numbers and nothing else, for whoever reads it by a program. */
export function summaryLine({ passed, failed, skipped }: Counts): string {
  const line = `${passed} passed, ${failed} failed`;
  return skipped > 0 ? `${skipped} left out, each with its reason in its name\n${line}` : line;
}
