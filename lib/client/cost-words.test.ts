import { expect, it } from "vitest";
import { costFigures } from "./cost-words";

it("gives a range, or one figure where its ends read the same", () => {
  const perRun = { from: 52_000_000, to: 52_000_001 };
  const perMonth = { from: 37_440_000_000, to: 2_000_000_000_000 };
  expect(costFigures({ perRun, perMonth, dollarsPerMonth: { from: 0.001, to: 11.37 }, notes: [] })).toEqual([
    ["Per run", "52.0 MB"],
    ["A month", "37.4 GB to 2.0 TB"],
    ["Per month at list price", "under $0.01 to $11.37"],
  ]);
});

it("gives no month for an export that runs once, and nothing where nothing is known", () => {
  const perRun = { from: 1000, to: 1000 };
  expect(costFigures({ perRun, perMonth: null, dollarsPerMonth: null, notes: [] })).toEqual([["Per run", "1.0 kB"]]);
  expect(costFigures({ perRun: null, perMonth: null, dollarsPerMonth: null, notes: ["why"] })).toEqual([]);
});
