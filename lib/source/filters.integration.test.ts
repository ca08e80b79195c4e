import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EventRow, eventRow, insertEvents } from "@/testing/runs/events";
import { encodeAll } from "@/testing/runs/extracts";
import { openProject, type TestProject } from "@/testing/runs/project";
import { type Filters, filtersSchema, type PropertyFilter, propertyFilterSchema } from "../fields/filters";
import { micros } from "./time";

const hour = (n: number) => ({ start: new Date(Date.UTC(2025, 0, 1, n)), end: new Date(Date.UTC(2025, 0, 1, n + 1)) });

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

/** Ids of the rows that pass, as in the files; the plan must have counted the same. */
async function found(n: number, filters: Partial<Filters>): Promise<string[]> {
  const { sourceProjectId } = project;
  const files = await encodeAll({ sourceProjectId, window: hour(n), filters, destination: { compression: "none" } });
  const uuids = files.flatMap(({ body }) =>
    body
      .toString()
      .split("\n")
      .flatMap((line) => (line ? [(JSON.parse(line) as { uuid: string }).uuid] : [])),
  );
  expect(files.reduce((sum, { rows }) => sum + rows, 0)).toBe(uuids.length);
  return uuids;
}

describe("filters", () => {
  it("take event names literally", async () => {
    const names = [
      "it's",
      'say "hi"',
      "back\\slash",
      "two\nlines",
      "a/../b",
      "{project:UInt32}",
      "') OR 1=1 --",
      "👋",
      "tab\t",
    ];
    const rows = names.map((name, i) => eventRow(micros(hour(5).start) + i, { event: Buffer.from(name) }));
    await insertEvents(project.sourceProjectId, rows);
    for (const [i, name] of names.entries()) {
      expect(await found(5, { includeEvents: [name] })).toEqual([rows[i]?.uuid]);
      expect(await found(5, { excludeEvents: [name] })).toEqual(
        rows.filter((_, at) => at !== i).map(({ uuid }) => uuid),
      );
    }
    expect(await found(5, { includeEvents: names, excludeEvents: ["it's"] })).toHaveLength(names.length - 1);
    expect(await found(5, { includeEvents: ["it"] })).toEqual([]);
  });

  it.each([
    ["plain letters", "n", 143, 880],
    ["quotes, each of which is sent as six", "'", 64, 331],
    ["characters of three bytes", "\u20ac", 140, 100],
    ["many short names", "n", 1000, 118],
  ])("take as many names as the form does: %s", async (_, letter, count, length) => {
    const names = Array.from({ length: count }, (_, index) => `${index}`.padEnd(length, letter));
    const most = filtersSchema.parse({ includeEvents: names, excludeEvents: names.map((name) => `x${name.slice(1)}`) });
    const more = [...names, ...Array(9).fill("m".repeat(1000))];
    expect(filtersSchema.safeParse({ includeEvents: more }).success).toBe(false);
    const row = eventRow(micros(hour(41).start), { event: Buffer.from(names.at(-1)!) });
    await insertEvents(project.sourceProjectId, [row]);
    expect(await found(41, most)).toContain(row.uuid);
  });

  it("take as much in keys and values of properties as the form does", async () => {
    const filter = { column: "properties" as const, operator: "not_equals" as const };
    const properties = Array.from({ length: 50 }, (_, index) => ({
      ...filter,
      key: `${index}`.padEnd(500, "k"),
      value: "'".repeat(340),
    }));
    const most = filtersSchema.parse({ properties });
    expect(
      filtersSchema.safeParse({ properties: properties.map((it) => ({ ...it, value: "'".repeat(345) })) }).success,
    ).toBe(false);
    await insertEvents(project.sourceProjectId, [eventRow(micros(hour(42).start))]);
    expect(await found(42, most)).toHaveLength(1);
  });
});

describe("filters on properties", () => {
  const properties = {
    free: '{"plan":"free","seats":3,"ok":true}',
    pro: '{"plan":"pro","seats":30.5,"note":null}',
    quoted: `{"plan":"it's \\"x\\" {value0:String}","seats":"12"}`,
    nested: '{"plan":{"a":1},"seats":-1}',
    none: "{}",
    broken: "no json",
  };
  const rows: Record<string, EventRow> = {};
  const nameOf = new Map<string, string>();

  beforeAll(async () => {
    Object.entries(properties).forEach(([name, text], i) => {
      const row = eventRow(micros(hour(7).start) + i, {
        properties: Buffer.from(text),
        person_properties: Buffer.from(name === "pro" ? '{"vip":true}' : "{}"),
      });
      rows[name] = row;
      nameOf.set(row.uuid, name);
    });
    await insertEvents(project.sourceProjectId, Object.values(rows));
  });

  const plan = (operator: string, value: string | number | null = null) => ({ key: "plan", operator, value });
  const seats = (operator: string, value: string | number | null = null) => ({ key: "seats", operator, value });

  it.each<[string, object[], string[]]>([
    ["equals", [plan("equals", "free")], ["free"]],
    ["equals a text with quotes and braces", [plan("equals", `it's "x" {value0:String}`)], ["quoted"]],
    ["equals a number as JSON writes it", [seats("equals", "3")], ["free"]],
    ["equals true", [{ key: "ok", operator: "equals", value: "true" }], ["free"]],
    [
      "not equals, which what is missing passes",
      [plan("not_equals", "free")],
      ["pro", "quoted", "nested", "none", "broken"],
    ],
    ["contains", [plan("contains", "r")], ["free", "pro", "quoted"]],
    ["not contains", [plan("not_contains", "r")], ["nested", "none", "broken"]],
    ["greater", [seats("greater", 3)], ["pro", "quoted"]],
    ["greater or equal, with a number as text", [seats("greater_or_equal", "3")], ["free", "pro", "quoted"]],
    ["less", [seats("less", 0)], ["nested"]],
    ["less or equal", [seats("less_or_equal", 3)], ["free", "nested"]],
    ["is set", [plan("is_set")], ["free", "pro", "quoted", "nested"]],
    ["is set, but not to null", [{ key: "note", operator: "is_set" }], []],
    ["is not set", [plan("is_not_set")], ["none", "broken"]],
    ["all of several", [plan("is_set"), seats("greater", 3), seats("less", 20)], ["quoted"]],
    ["the person's", [{ column: "person_properties", key: "vip", operator: "equals", value: "true" }], ["pro"]],
    ["a key with quotes that nobody has", [{ key: "') OR 1=1 --", operator: "is_set" }], []],
  ])("%s", async (_, given, expected) => {
    const filters = given.map((one) =>
      propertyFilterSchema.parse({ column: "properties", ...one }),
    ) as PropertyFilter[];
    expect((await found(7, { properties: filters })).map((uuid) => nameOf.get(uuid))).toEqual(expected);
  });
});
