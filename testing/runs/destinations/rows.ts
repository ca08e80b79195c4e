import { expect, it } from "vitest";
import { eventRow } from "../events";
import type { Harness } from "./harness";
import { nameOf } from "./steps";
import { at, hour, type Suite, specify } from "./suite";

const JSON_TEXT = `{"big":9007199254740993,"deep":{"a":[1,{"b":"x"}]},"text":"it's \\"quoted\\"\\n\\u0000","unit":"ü👋"}`;

const hostile = () =>
  eventRow(at(0, 1), {
    event: Buffer.from("a/b\n'\"\\,;"),
    distinct_id: Buffer.from("nul\0here"),
    timestamp: at(0) + 123_456,
    properties: Buffer.from(JSON_TEXT),
    person_properties: Buffer.from('{"no UTF-8":"\xff"}', "latin1"),
    elements_chain: Buffer.from("a\xff", "latin1"),
    ip: Buffer.from(""),
  });

function checkProperties(text: string, harness: Harness, nul: (text: string) => string): void {
  const properties = JSON.parse(text) as Record<string, unknown>;
  expect(properties).toMatchObject({ deep: { a: [1, { b: "x" }] }, unit: "ü👋" });
  expect(properties.text).toBe(nul(`it's "quoted"\n\0`));
  if (harness.carriesBigIntegers) expect(text).toMatch(/"big"\s*:\s*9007199254740993\b/);
}

/** The part of the contract about how rows come back. */
export function rowsContract({ harness, later, project, insert, make, run }: Suite): void {
  it("makes the table, and every value comes back equal", async () => {
    const row = hostile();
    await insert([row]);
    const exported = await make();
    const { id, receipt } = await run(exported, hour(0));
    const [found] = await harness.rows(nameOf(exported));
    const nul = (text: string) => (harness.carriesNul ? text : text.replaceAll("\0", "\ufffd"));
    expect(found).toMatchObject({
      uuid: row.uuid,
      event: "a/b\n'\"\\,;",
      distinct_id: nul("nul\0here"),
      person_id: row.person_id,
      ip: "",
      timestamp: "2025-06-01T00:00:00.123456Z",
      _export_id: exported.id,
      _run_id: id,
      _interval_start: "2025-06-01T00:00:00.000000Z",
      _interval_end: "2025-06-01T01:00:00.000000Z",
    });
    if (harness.holds === "tables")
      expect(found).toMatchObject({ team_id: String(project().sourceProjectId), set: null });
    checkProperties(found?.properties ?? "", harness, nul);
    expect(JSON.parse(found?.person_properties ?? "")).toEqual({ "no UTF-8": "\ufffd" });
    expect(receipt?.replacements).toContainEqual({
      table: "events",
      column: "person_properties",
      reason: "invalid_utf8",
      values: 1,
    });
    expect(found?.[harness.holds === "tables" ? "elements" : "elements_chain"]).toBe("a\ufffd");
    const table = nameOf(exported);
    const committed =
      harness.holds === "tables" ? { tables: [{ table, rows: 1, loaded: 1, rejected: 0 }] } : { files: [{ rows: 1 }] };
    expect(receipt).toMatchObject({ rows: 1, ...committed });
    if (!harness.carriesNul) expect(receipt?.replacedCharacters).toBe(2);
  });

  specify("hashes columns, and leaves out what is not chosen", later, async () => {
    await insert([eventRow(at(20, 1))]);
    const exported = await make({
      columns: [{ name: "uuid" }, { name: "timestamp" }, { name: "distinct_id", hash: true }],
    });
    await run(exported, hour(20));
    const rows = await harness.rows(nameOf(exported));
    expect(rows).toMatchObject([{ distinct_id: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    // A table still has the column; a file doesn't.
    const nothing = harness.holds === "tables" ? null : undefined;
    expect([rows[0]?.event, rows[0]?.properties]).toEqual([nothing, nothing]);
  });
}
