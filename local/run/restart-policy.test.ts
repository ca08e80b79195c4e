import { expect, test } from "vitest";
import { MINUTE } from "@/lib/units";
import { pauseAfter } from "./restart-policy";

test.each([
  ["the first failure", [0], 1000],
  ["the second", [0, 1], 2000],
  ["the fifth within ten minutes", [0, 1, 2, 3, 9], 16_000],
  ["the sixth within ten minutes", [0, 1, 2, 3, 4, 9], null],
  ["a failure after ten minutes of peace", [0, 1, 2, 3, 4, 14.1], 1000],
  ["one each two minutes", [0, 2, 4, 6, 8, 10, 12, 14, 16], 16_000],
])("after %s", (_, minutes, pause) => {
  expect(pauseAfter(minutes.map((at) => at * MINUTE))).toBe(pause);
});
