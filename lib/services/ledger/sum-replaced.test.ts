import { expect, it } from "vitest";
import type { Statement } from "./chain/append";
import { sumReplaced, withReplacements } from "./sum-replaced";

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

it("adds what a warehouse replaced to what its files did", () => {
  const receipt = { rows: 9, replaced: 2, replacements: [of("event", 2)] } as Statement;
  expect(withReplacements(receipt, [of("event", 1), of("ip", 3)])).toEqual({
    rows: 9,
    replaced: 6,
    replacements: [of("event", 3), of("ip", 3)],
  });
  expect(withReplacements(receipt, undefined)).toEqual(receipt);
  expect(withReplacements(receipt, null)).toEqual({ rows: 9 });
  const uncounted = { rows: 9 } as Statement;
  expect(withReplacements(uncounted, [of("ip", 3)])).toEqual(uncounted);
});
