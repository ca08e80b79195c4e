import { expect, it } from "vitest";
import type { Coverage } from "@/lib/schemas/run";
import { HOUR } from "@/lib/units";
import { coverageView, legendOf } from "./coverage-view";

const FIRST = Date.UTC(2026, 2, 1);

const window = (index: number, state: Coverage["state"]): Coverage => ({
  start: new Date(FIRST + index * HOUR).toISOString(),
  end: new Date(FIRST + (index + 1) * HOUR).toISOString(),
  state,
  reason: null,
  outcome: null,
  checkedAt: null,
  healed: false,
  receiptSha256: null,
});

it.each([
  [720, 59, "59 of 720 windows committed · 661 not exported", 60, "Showing the last 60 of 720 windows"],
  [61, 61, "61 of 61 windows committed", 60, "Showing the last 60 of 61 windows"],
  [60, 59, "59 of 60 windows committed · 1 not exported", 60, null],
  [0, 0, "0 of 0 windows committed", 0, null],
])("counts all of %i windows and draws the last ones", (count, committed, summary, drawn, note) => {
  const windows = Array.from({ length: count }, (_, index) =>
    window(index, index < count - committed ? "missing" : "committed"),
  );
  const view = coverageView(windows);
  expect(view).toMatchObject({ summary, note });
  expect(view.shown).toEqual(drawn === 0 ? [] : windows.slice(-drawn));
});

it("lists each kind of window once, the most frequent first", () => {
  const before: Coverage = { ...window(0, "not_expected"), reason: "before_export" };
  const windows = [
    before,
    window(1, "committed"),
    window(2, "committed"),
    window(3, "missing"),
    window(4, "committed"),
  ];
  expect(legendOf(windows)).toEqual([
    { state: "committed", reason: null },
    { state: "not_expected", reason: "before_export" },
    { state: "missing", reason: null },
  ]);
  expect(legendOf([])).toEqual([]);
});
