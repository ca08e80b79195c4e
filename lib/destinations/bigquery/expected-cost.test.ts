import { describe, expect, it } from "vitest";
import type { ModelName } from "@/lib/rows/tables/registry";
import { warehouseTables } from "../warehouse/tables";
import { expectedFor } from "./expected-cost";
import { bigquerySettingsSchema } from "./schema";
import type { TableOf } from "./tables";

const MIB = 1024 ** 2;
const TIB = 1024 ** 4;

const cost = (model: ModelName, there: TableOf | null, expected: { bytes: number; runs: number | null }, more = {}) => {
  const filled = warehouseTables(model).map((table) => {
    const bare = table.model.table;
    return { target: { table, bare, name: bare }, there };
  });
  return expectedFor(filled, bigquerySettingsSchema.parse({ type: "bigquery", ...more }), expected);
};

/** Four statements on the table of commits at BigQuery's least. */
const CLAIMS = 40 * MIB;

// https://cloud.google.com/bigquery/pricing: at least 10 MB for each table that a query references, $6.25 for each TiB.
// https://cloud.google.com/bigquery/docs/data-manipulation-language: a MERGE that updates or deletes is billed for all
// columns of its target, an INSERT for what its SELECT reads.
describe("what runs are expected to read", () => {
  it("is at least BigQuery's minimum, however small a window is", () => {
    expect(cost("events", {}, { bytes: 1000, runs: 8640 })).toMatchObject({
      perRun: { from: CLAIMS + 10 * MIB, to: CLAIMS + 10 * MIB },
      perMonth: { from: 8640 * 50 * MIB },
      dollarsPerMonth: { from: (8640 * 50 * MIB * 6.25) / TIB },
    });
  });

  it("is only the run's own rows of events, whatever the size of their table", () => {
    const there = { numBytes: String(2 * TIB), clustering: { fields: ["_export_id", "_interval_start", "event"] } };
    const { perRun, notes } = cost("events", there, { bytes: 100 * MIB, runs: 720 });
    expect(perRun).toEqual({ from: CLAIMS + 100 * MIB, to: CLAIMS + 100 * MIB });
    expect(notes).toEqual([
      "Each run reads only its own window of events.",
      expect.stringContaining("Not included: storage"),
    ]);
  });

  it("is all of the persons' table, once or twice, and with it the month's bill", () => {
    const { perRun, dollarsPerMonth } = cost("persons", { numBytes: String(TIB) }, { bytes: 100 * MIB, runs: 30 });
    expect(perRun).toEqual({ from: CLAIMS + 100 * MIB + TIB, to: CLAIMS + 300 * MIB + 2 * TIB });
    expect(Math.round(dollarsPerMonth!.from)).toBe(188);
    expect(Math.round(dollarsPerMonth!.to)).toBe(375);
  });

  it("is only the run's own rows where runs append", () => {
    const { perRun } = cost(
      "persons",
      { numBytes: String(TIB) },
      { bytes: 100 * MIB, runs: 30 },
      { commitMode: "append" },
    );
    expect(perRun).toEqual({ from: CLAIMS + 100 * MIB, to: CLAIMS + 100 * MIB });
  });

  it("says that a table of persons which isn't there yet makes runs dearer as it grows", () => {
    expect(cost("persons", null, { bytes: 1, runs: 30 }).notes[0]).toContain("cost more as it grows");
    expect(cost("events", null, { bytes: 1, runs: 30 }).notes[0]).toContain("only their own window");
  });

  it("has no month for an export that runs once", () => {
    expect(cost("events", null, { bytes: 1, runs: null })).toMatchObject({ perMonth: null, dollarsPerMonth: null });
  });
});
