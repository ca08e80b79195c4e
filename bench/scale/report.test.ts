import { expect, it } from "vitest";
import { quantile, reportOf } from "./report";

it.each([
  [[3, 1, 2], 0.5, 2],
  [[1, 2, 3, 4], 0.5, 2],
  [[5], 0.95, 5],
  [Array.from({ length: 20 }, (_, n) => n + 1), 0.95, 19],
])("of %j the share %d is not above %d", (values, share, expected) => {
  expect(quantile(values, share)).toBe(expected);
});

it("marks what takes more than 100 ms", () => {
  const size = { exports: 1, runs: 2, hours: 1, bigFiles: 1 };
  const asked = { bytes: 1500, plans: [{ statement: "select", plan: "Result" }] };
  const slow = { ...asked, name: "slow", ms: [101, 101, 99] };
  const quick = { ...asked, name: "quick", ms: [99, 99, 101] };
  const [slowLine, quickLine] = reportOf([slow, quick], size, 3).split("\n").slice(-2);
  expect(slowLine).toMatch(/^slow +101\.0 +101\.0 +2 KB +1 {2}over$/);
  expect(quickLine).toMatch(/^quick +99\.0 +101\.0 +2 KB +1$/);
});
