import { describe, expect, it } from "vitest";
import { nextStep } from "./ensure-indexes";
import { type Found, indexesOf, indexName } from "./indexes";
import { postgresConfigSchema, postgresSettingsSchema } from "./schema";
import { targetOf } from "./targets";

const config = postgresConfigSchema.parse({ host: "h", database: "d", username: "u" });
const targetCalled = (table: string) =>
  targetOf(config, postgresSettingsSchema.parse({ type: "postgres", table }), "persons");

const target = targetCalled("people");
const place = { schema: "public", target, oid: "7" };
const [window, key, person] = indexesOf(target.table, target.bare) as [never, never, never];

const found = (change: Partial<Found>): Found => ({
  name: indexName(key, target, "7"),
  method: "btree",
  columns: [],
  isValid: true,
  isBeingMade: false,
  ...change,
});
const former = found({ name: "people_penstock_key", columns: ["team_id", "distinct_id"] });

describe("the names of indexes", () => {
  it("are short whatever the table is called, and differ by purpose, table and table of the same name", () => {
    const names = ["a".repeat(63), `${"a".repeat(62)}b`].flatMap((bare) => {
      const long = targetCalled(bare);
      return indexesOf(long.table, bare).flatMap((index) => ["7", "8"].map((oid) => indexName(index, long, oid)));
    });
    expect(new Set(names).size).toBe(12);
    for (const name of names) expect(name).toMatch(/^penstock_(window|key|person)_[0-9a-f]{16}$/);
  });

  it("hash texts, which a B-tree may not take whole", () => {
    const [, byKey, byPerson] = indexesOf(target.table, "t");
    expect(byKey?.on).toBe('("team_id", hashtextextended("distinct_id"::text, 0))');
    expect(byPerson?.on).toBe('("team_id", hashtextextended("person_id"::text, 0))');
  });
});

describe("what is done about an index", () => {
  const CREATES = /^CREATE INDEX CONCURRENTLY "penstock_key_[0-9a-f]{16}" ON "public"."people" \(/;

  it.each<[string, Found[], RegExp | null]>([
    ["that is missing", [], CREATES],
    ["that is there", [found({})], null],
    ["that another session makes", [found({ isValid: false, isBeingMade: true }), former], null],
    ["that broke off", [found({ isValid: false }), former], /^DROP INDEX CONCURRENTLY .*"penstock_key_[0-9a-f]{16}"$/],
    ["whose former one holds texts whole", [former], CREATES],
    ["that has been made beside its former one", [found({}), former], /^DROP INDEX .*"public"."people_penstock_key"$/],
    ["beside another's of the former name", [found({}), { ...former, columns: ["other"] }], null],
    ["beside one of the former name that is of no plain columns", [found({}), { ...former, columns: [] }], null],
  ])("%s", (_, there, wanted) => {
    const step = nextStep(place, key, there);
    if (wanted === null) expect(step).toBeNull();
    else expect(step).toMatch(wanted);
  });

  it("leaves the former index of windows, which is as good", () => {
    const columns = ["_export_id", "_interval_start"];
    const there = found({ name: "people_penstock_window", method: "brin", columns });
    expect(nextStep(place, window, [there])).toBeNull();
    expect(nextStep(place, window, [{ ...there, method: "btree" }])).toMatch(/^CREATE .* USING brin/);
    expect(nextStep(place, person, [there, former])).toMatch(/^CREATE .*person/);
  });
});
