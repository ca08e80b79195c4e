import { describe, expect, it } from "vitest";
import { warehouseTable } from "../warehouse/tables";
import { accepts, stagedAs } from "./sql";

describe("the types that a column may have", () => {
  it.each([
    ["text", "character varying(200)", true],
    ["text", "uuid", true],
    ["text", "text[]", false],
    ["text", "character(36)", false],
    ["json", "json", true],
    ["json", "jsonb[]", false],
    ["int", "numeric(20,0)", true],
    ["int", "integer", false],
    ["time", "timestamp with time zone", true],
    ["time", "timestamp(3) with time zone", false],
    ["time", "timestamp without time zone", false],
  ] as const)("%s goes into %s: %s", (kind, type, wanted) => {
    expect(accepts(kind, type)).toBe(wanted);
  });
});

describe("staged rows", () => {
  it("are made what the columns are that are there", () => {
    const types = new Map([
      ["scope", "numeric"],
      ["team_id", "uuid"],
    ]);
    expect(stagedAs(types, "stage", warehouseTable("merged_ids"))).toBe(
      '(SELECT "team_id"::uuid AS "team_id", "scope", "amplitude_id", "merged_amplitude_id", "merge_time" FROM stage)',
    );
  });
});
