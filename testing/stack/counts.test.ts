import { expect, test } from "vitest";
import { honest, sum, summaryLine } from "./counts";

const counts = (passed: number, failed = 0, skipped = 0) => ({ passed, failed, skipped });

test.each([
  ["a good run stays as it is", counts(3), 0, counts(3)],
  ["failures stay as they are", counts(3, 2), 1, counts(3, 2)],
  ["a bad end without a failed test is one failure", counts(3), 1, counts(3, 1)],
  ["a runner that was killed has failed", counts(3), null, counts(3, 1)],
  ["no test at all is one failure", counts(0), 0, counts(0, 1)],
  ["only skipped tests are one failure", counts(0, 0, 4), 0, counts(0, 1, 4)],
  ["no report is one failure", undefined, 0, counts(0, 1)],
])("%s", (_, report, exitCode, expected) => {
  expect(honest(report, exitCode)).toEqual(expected);
});

test("skipped tests have a line of their own before the last one, where there are some", () => {
  expect(summaryLine(sum([counts(3), counts(4, 1)]))).toBe("7 passed, 1 failed");
  expect(summaryLine(counts(7, 0, 2))).toBe("2 left out, each with its reason in its name\n7 passed, 0 failed");
  const named = { ...counts(1, 1), failures: ["a: wrong"] };
  expect(summaryLine(sum([named, counts(2), named]))).toBe("Failed: a: wrong\nFailed: a: wrong\n4 passed, 2 failed");
  expect(summaryLine(sum([]))).toBe("0 passed, 0 failed");
});
