import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Counts } from "./counts";

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: {
    status: string;
    name: string;
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages: string[] | null }[];
  }[];
}

interface PlaywrightSuite {
  suites?: PlaywrightSuite[];
  specs: { title: string; file: string; ok: boolean; tests: { results: { error?: { message?: string } }[] }[] }[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: { message?: string }[];
  suites: PlaywrightSuite[];
}

/** A failure as a line, for a list at the end. */
const failure = (name: string, message = "") => `${name}: ${stripVTControlCharacters(message).split("\n", 1)[0]}`;

/** Counts of Vitest's JSON report. A file that fails to load is one failure, without any tests. */
export function vitestCounts(report: VitestReport): Counts {
  const broken = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  const failed = report.testResults.flatMap((file) =>
    file.assertionResults
      .filter(({ status }) => status === "failed")
      .map(({ fullName, failureMessages }) => failure(`${relative("", file.name)}: ${fullName}`, failureMessages?.[0])),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
    ...some([...failed, ...broken.map(({ name, message }) => failure(relative("", name), message))]),
  };
}

/** Counts of Playwright's JSON report. Errors outside of tests count only if no test failed. */
export function playwrightCounts({ stats, errors, suites }: PlaywrightReport): Counts {
  const outside = stats.unexpected === 0 ? errors : [];
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + outside.length,
    skipped: stats.skipped,
    ...some([...suites.flatMap(failuresOf), ...outside.map(({ message }) => failure("browser tests", message))]),
  };
}

function failuresOf({ suites = [], specs }: PlaywrightSuite): string[] {
  const failed = specs.filter(({ ok }) => !ok);
  const message = ({ tests }: (typeof specs)[number]) =>
    tests.flatMap(({ results }) => results.map(({ error }) => error?.message)).find((it) => it !== undefined);
  return [
    ...failed.map((spec) => failure(`e2e/${spec.file}: ${spec.title}`, message(spec))),
    ...suites.flatMap(failuresOf),
  ];
}

const some = (failures: string[]) => (failures.length > 0 ? { failures } : {});

/** Counts of the report that a runner wrote to `file`; undefined if there is none. */
export function readCounts<T>(file: string, count: (report: T) => Counts): Counts | undefined {
  if (!existsSync(file)) return undefined;
  return count(JSON.parse(readFileSync(file, "utf8")) as T);
}
