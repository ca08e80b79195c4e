import { expect, it } from "vitest";
import { monthWords } from "./month-words";

it.each([
  [0, "Per month, at this rate"],
  [1, "Per month, at the average of the last 2 windows"],
  [2, "Per month, at the average of the last 3 windows"],
])("names the rate of a month with %i earlier windows", (earlier, words) => {
  expect(monthWords(earlier)).toBe(words);
});
