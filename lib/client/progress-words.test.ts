import { describe, expect, it } from "vitest";
import { leftWords, paceWords, rowsWords } from "./progress-words";

describe("words of progress", () => {
  const nothing = { rowsPerSecond: null, bytesPerSecond: null, secondsLeft: null };
  it.each([
    ["without a basis", nothing, []],
    [
      "at a pace",
      { rowsPerSecond: 1200, bytesPerSecond: 3_400_000, secondsLeft: 61 },
      ["1,200 rows/s", "3.4 MB/s", "about 65 s left"],
    ],
    ["of rows that aren't counted", { ...nothing, bytesPerSecond: 500 }, ["500 B/s"]],
    ["at a standstill", { ...nothing, rowsPerSecond: 0, bytesPerSecond: 0 }, ["No progress at the moment"]],
    ["at a standstill, without rows", { ...nothing, bytesPerSecond: 0 }, ["No progress at the moment"]],
  ])("%s", (_, pace, words) => expect(paceWords(pace)).toEqual(words));

  it.each([
    [0, "a few seconds left"],
    [6, "about 10 s left"],
    [89, "about 90 s left"],
    [90, "about 2 min left"],
    [3600, "about 60 min left"],
    [7300, "about 2 h left"],
  ])("of %i seconds", (seconds, words) => expect(leftWords(seconds)).toBe(words));

  it.each([
    [1200, 4000, "1,200 of 4,000 rows"],
    [0, 0, "0 of 0 rows"],
    [null, 4000, "4,000 rows expected"],
    [5, null, "5 rows"],
    [0, null, null],
  ])("of %j of %j rows", (rows, expected, words) => expect(rowsWords(rows, expected)).toBe(words));
});
