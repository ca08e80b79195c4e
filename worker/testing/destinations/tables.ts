import { expect, it } from "vitest";
import { micros } from "@/lib/source/time";
import { eventRow, insertEvents } from "../events";
import { insertMergedIds } from "../merged-ids";
import { insertPersons } from "../persons";
import type { TestProject } from "../project";
import type { Harness } from "./harness";
import { makeWarehouseExport, nameOf, runWindow } from "./steps";

const hour = (n: number) => ({ start: new Date(Date.UTC(2025, 5, 1, n)), end: new Date(Date.UTC(2025, 5, 1, n + 1)) });
const at = (n: number, offset = 0) => micros(hour(n).start) + offset;

/** The part of the contract that is about what each table holds. */
export function tablesContract(harness: Harness, project: () => TestProject): void {
  it("merges persons by their ids and versions, and never puts an older one over a newer", async () => {
    const person = (version: number, n: number) => ({
      person_id: "11111111-2222-4333-8444-555555555555",
      distinct_ids: ["a", "b"].map((id) => Buffer.from(id)),
      properties: Buffer.from(`{"v":${version}}`),
      created_at: at(0),
      inserted_at: at(n),
      version,
      is_deleted: false,
    });
    await insertPersons(project().sourceProjectId, [person(1, 17)]);
    const exported = await makeWarehouseExport(project(), harness, { model: "persons" });
    const table = nameOf(exported, "persons");
    await runWindow(project(), exported, hour(17));
    await insertPersons(project().sourceProjectId, [person(2, 18)]);
    await runWindow(project(), exported, hour(18));
    const versions = async () => (await harness.rows(table)).map((row) => [row.distinct_id, row.version]).toSorted();
    expect(await versions()).toEqual([
      ["a", "2"],
      ["b", "2"],
    ]);
    await harness.sql(`UPDATE ${harness.quoted(table)} SET version = 3 WHERE distinct_id = 'a'`);
    await runWindow(project(), exported, hour(18));
    expect(await versions()).toEqual([
      ["a", "3"],
      ["b", "2"],
    ]);
  });

  it("fills a table for events and one for merged ids in one run", async () => {
    await insertEvents(project().sourceProjectId, [eventRow(at(19, 1))]);
    await insertMergedIds(project().sourceProjectId, [
      {
        scope: 7,
        amplitude_id: 2n ** 63n - 1n,
        merged_amplitude_id: -(2n ** 63n),
        merge_time: at(19),
        inserted_at: at(19),
      },
    ]);
    const exported = await makeWarehouseExport(project(), harness, { model: "events_and_merged_ids" });
    const run = await runWindow(project(), exported, hour(19));
    expect(run.receipt?.tables?.map(({ table, rows }) => [table, rows])).toEqual([
      [nameOf(exported), 1],
      [nameOf(exported, "merged_ids"), 1],
    ]);
    expect(await harness.rows(nameOf(exported, "merged_ids"))).toMatchObject([
      { amplitude_id: "9223372036854775807", merged_amplitude_id: "-9223372036854775808", scope: "7" },
    ]);
  });

  it("hashes columns, and leaves out what is not chosen", async () => {
    await insertEvents(project().sourceProjectId, [eventRow(at(20, 1))]);
    const exported = await makeWarehouseExport(project(), harness, {
      columns: [{ name: "uuid" }, { name: "timestamp" }, { name: "distinct_id", hash: true }],
    });
    await runWindow(project(), exported, hour(20));
    expect(await harness.rows(nameOf(exported))).toMatchObject([
      { distinct_id: expect.stringMatching(/^[0-9a-f]{64}$/), event: null, properties: null },
    ]);
  });
}
