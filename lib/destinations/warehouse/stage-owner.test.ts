import { describe, expect, it } from "vitest";
import { runOfStage as runOfTable } from "../bigquery/stages";
import { runOfStage } from "../postgres/stages";
import { leftBy, runIdOf } from "./stage-owner";

const ID = "11111111-2222-4333-8444-555555555555";
const PLAIN = ID.replaceAll("-", "");

describe("the run that a stage's name says", () => {
  it.each([
    [`_penstock_${PLAIN}_events_0`, ID],
    [`_penstock_${PLAIN}_merged_ids_12`, ID],
    [`_penstock_${PLAIN}`, null],
    [`_penstock_${PLAIN}_backup`, null],
    [`_penstock_${PLAIN}0_events_0`, null],
    [`_penstock_${PLAIN.replace("1", "g")}_events_0`, null],
    [`my_penstock_${PLAIN}_events_0`, null],
    ["_penstock_commits", null],
    ["_penstock_verify_0a1b2c3d", null],
  ])("PostgreSQL: %s → %s", (name, id) => {
    expect(runOfStage(name)).toBe(id);
  });

  const before = `${"a".repeat(32)}_20260329000000000`;
  it.each([
    [`_penstock_${before}_${PLAIN}_events_0`, ID],
    [`_penstock_${before}_${PLAIN}_events`, null],
    [`_penstock_${PLAIN}_events_0`, null],
    ["_penstock_commits", null],
  ])("BigQuery: %s → %s", (name, id) => {
    expect(runOfTable(name)).toBe(id);
  });
});

describe("leftBy", () => {
  const other = ID.replace("1", "9");
  const runOf = (name: string) => (/^[0-9a-f]{32}$/.test(name) ? runIdOf(name) : null);
  const found = [PLAIN, other.replaceAll("-", ""), "somebody's"];

  it("takes what runs have left that are known to have ended, never the run's own", async () => {
    expect(await leftBy(found, runOf, ID, async (ids) => new Set([...ids, ID]))).toEqual([found[1]]);
  });

  it("leaves what is of runs that nobody knows, and asks for none where there is nothing", async () => {
    expect(await leftBy(found, runOf, ID, async () => new Set())).toEqual([]);
    expect(await leftBy([PLAIN, "x"], runOf, ID, () => Promise.reject(new Error("asked")))).toEqual([]);
  });
});
