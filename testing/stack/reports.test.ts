import { expect, test } from "vitest";
import { playwrightCounts, vitestCounts } from "./reports";

const vitest = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults: [] };

test("vitest: passed, failed, skipped and planned tests", () => {
  expect(vitestCounts(vitest)).toEqual({ passed: 5, failed: 1, skipped: 3 });
});

test("vitest: a file that could not be loaded is one failure, one with failed tests is none more", () => {
  const file = (name: string) => ({ name: `${process.cwd()}/${name}`, message: "No module\nat x" });
  const wrong = { status: "failed", fullName: "adds up", failureMessages: ["\u001b[31mError: 3\u001b[39m\nat y"] };
  const right = { status: "passed", fullName: "counts", failureMessages: [] };
  const testResults = [
    { ...file("a.test.ts"), status: "failed", assertionResults: [] },
    { ...file("b.test.ts"), status: "failed", assertionResults: [wrong, right] },
    { ...file("c.test.ts"), status: "passed", assertionResults: [right] },
  ];
  expect(vitestCounts({ ...vitest, testResults })).toMatchObject({
    failed: 2,
    failures: ["b.test.ts: adds up: Error: 3", "a.test.ts: No module"],
  });
});

test("playwright: an error outside of the tests is a failure", () => {
  const stats = { expected: 4, unexpected: 0, flaky: 1, skipped: 2 };
  expect(playwrightCounts({ stats, errors: [], suites: [] })).toEqual({ passed: 5, failed: 0, skipped: 2 });
  expect(playwrightCounts({ stats, errors: [{}], suites: [] }).failed).toBe(1);
});

test("playwright: failed tests are named, however deep, with the first line of why", () => {
  const stats = { expected: 1, unexpected: 1, flaky: 0, skipped: 0 };
  const spec = (title: string, message?: string) => ({
    ...{ title, file: "a.spec.ts", ok: message === undefined },
    tests: [{ results: [message === undefined ? {} : { error: { message } }] }],
  });
  const suites = [{ specs: [spec("opens")], suites: [{ specs: [spec("closes", "Error: still open\nCall log")] }] }];
  expect(playwrightCounts({ stats, errors: [], suites }).failures).toEqual([
    "e2e/a.spec.ts: closes: Error: still open",
  ]);
});
