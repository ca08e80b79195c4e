import { expect, test } from "vitest";
import { playwrightCounts, vitestCounts } from "./reports";

const vitest = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults: [] };

test("vitest: passed, failed, skipped and planned tests", () => {
  expect(vitestCounts(vitest)).toEqual({ passed: 5, failed: 1, skipped: 3 });
});

test("vitest: a file that could not be loaded is one failure, one with failed tests is none more", () => {
  const testResults = [
    { status: "failed", assertionResults: [] },
    { status: "failed", assertionResults: [{}] },
    { status: "passed", assertionResults: [{}] },
  ];
  expect(vitestCounts({ ...vitest, testResults }).failed).toBe(2);
});

test("playwright: an error outside of the tests is a failure", () => {
  const stats = { expected: 4, unexpected: 0, flaky: 1, skipped: 2 };
  expect(playwrightCounts({ stats, errors: [] })).toEqual({ passed: 5, failed: 0, skipped: 2 });
  expect(playwrightCounts({ stats, errors: [{}] }).failed).toBe(1);
});
