import { expect, it } from "vitest";
import { sumReplaced } from "./sum-replaced";

const of = (column: string, values: number) => ({ table: "events", column, reason: "nul" as const, values });

it("adds up what files replaced, by column and reason", () => {
  const files = [
    { replaced: { values: [of("event", 2), of("ip", 1)], characters: 3 } },
    { replaced: { values: [], characters: 0 } },
    { replaced: { values: [of("event", 5)], characters: 7 } },
  ];
  expect(sumReplaced(files)).toEqual({ values: [of("event", 7), of("ip", 1)], characters: 10 });
});

it("has no count of characters where the format carries all", () => {
  expect(sumReplaced([{ replaced: { values: [], characters: null } }])).toEqual({ values: [], characters: null });
});

it("says nothing where a file was written before that was counted", () => {
  expect(sumReplaced([{ replaced: { values: [of("event", 2)], characters: 2 } }, { replaced: null }])).toBeNull();
});
