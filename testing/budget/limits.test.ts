import { expect, test } from "vitest";
import { type Cost, LIMITS, problemsOf } from "./limits";

const good: Cost = {
  name: "/x",
  isList: false,
  needsBrowser: true,
  script: LIMITS.script,
  ahead: 1_000_000,
  largestPaint: LIMITS.largestPaint,
  shift: LIMITS.shift,
  requests: 40,
};

test("a page at its limits fits", () => {
  expect(problemsOf(good)).toEqual([]);
  expect(problemsOf({ ...good, needsBrowser: false, requests: LIMITS.requests })).toEqual([]);
  expect(problemsOf({ ...good, isList: true, script: LIMITS.listScript })).toEqual([]);
});

test.each<[string, Partial<Cost>]>([
  ["too much JavaScript", { script: LIMITS.script + 1 }],
  ["too much JavaScript for the list", { isList: true, script: LIMITS.listScript + 1 }],
  ["a late paint", { largestPaint: LIMITS.largestPaint + 1 }],
  ["no paint at all", { largestPaint: Number.NaN }],
  ["a layout shift", { shift: LIMITS.shift + 0.001 }],
  ["too many requests", { needsBrowser: false, requests: LIMITS.requests + 1 }],
  ["nothing measured", { script: 0 }],
])("%s is one problem", (_, change) => {
  expect(problemsOf({ ...good, ...change })).toHaveLength(1);
});
