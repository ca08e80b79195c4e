import { existsSync, readFileSync } from "node:fs";
import type { Counts } from "./counts";

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: unknown[];
}

/** Counts of Vitest's JSON report. A file that fails to load is one failure, without any tests. */
export function vitestCounts(report: VitestReport): Counts {
  const broken = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Counts of Playwright's JSON report. Errors outside of tests count only if no test failed. */
export function playwrightCounts({ stats, errors }: PlaywrightReport): Counts {
  const outside = stats.unexpected === 0 ? errors.length : 0;
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + outside, skipped: stats.skipped };
}

/** Counts of the report that a runner wrote to `file`; undefined if there is none. */
export function readCounts<T>(file: string, count: (report: T) => Counts): Counts | undefined {
  if (!existsSync(file)) return undefined;
  return count(JSON.parse(readFileSync(file, "utf8")) as T);
}
