import { expect, it } from "vitest";
import { dirtyValues } from "./dirty-values";

it("keeps only what was changed, also where it was emptied or turned off", () => {
  const values = { name: "On call", receipts: false, days: null, settle: 3 };
  expect(dirtyValues(values, { receipts: true, days: true, settle: false })).toEqual({ receipts: false, days: null });
  expect(dirtyValues(values, {})).toEqual({});
});
