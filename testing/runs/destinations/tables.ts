import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { eventRow } from "../events";
import { insertMergedIds } from "../merged-ids";
import { insertPersons, personRow } from "../persons";
import { committedRows, makeRun, nameOf, plan } from "./steps";
import { at, hour, type Suite, specify } from "./suite";

/** The part of the contract about the contents of each table. */
export function tablesContract(suite: Suite): void {
  partsContract(suite);
  mergesContract(suite);
  driftContract(suite);
}

function partsContract({ harness, later, tables, insert, make, run }: Suite): void {
  specify(
    "takes the properties that an event sets of its person, however their name is written",
    tables ? later : "files hold properties whole",
    async () => {
      const written = (json: string, n: number) => eventRow(at(28, n), { properties: Buffer.from(json) });
      const events = [
        written('{"a":1,"$set":{"plan":"pro"}}', 1),
        written('{"a":1,"$set_once":{"plan":"pro"}}', 2),
        written('{"a":1,"\\u0024set":{"plan":"pro"}}', 3),
        written('{"a":{"$set":{"plan":"pro"}}}', 4),
        written('{"a":"$set"}', 5),
      ];
      await insert(events);
      const exported = await make();
      await run(exported, hour(28));
      const rows = new Map((await harness.rows(nameOf(exported))).map((row) => [row.uuid, row]));
      const parsed = (text: string | null | undefined) => (text == null ? null : (JSON.parse(text) as unknown));
      const plan = { plan: "pro" };
      expect(events.map(({ uuid }) => [parsed(rows.get(uuid)?.set), parsed(rows.get(uuid)?.set_once)])).toEqual([
        [plan, null],
        [null, plan],
        [plan, null],
        [null, null],
        [null, null],
      ]);
    },
  );
}

function mergesContract({ harness, later, tables, project, insert, make, run }: Suite): void {
  specify(
    "merges persons by their ids and versions, and never puts an older one over a newer",
    tables ? null : "files hold persons as each window found them",
    async () => {
      const who = randomUUID();
      const distinct_ids = ["a", "b"].map((name) => Buffer.from(name));
      const person = (version: number, n: number) => personRow(who, version, at(n), { distinct_ids });
      await insertPersons(project().sourceProjectId, [person(1, 17)]);
      const exported = await make({ model: "persons" });
      const table = nameOf(exported, "persons");
      await run(exported, hour(17));
      await insertPersons(project().sourceProjectId, [person(2, 18)]);
      await run(exported, hour(18));
      const versions = async () => (await harness.rows(table)).map((row) => [row.distinct_id, row.version]).toSorted();
      expect(await versions()).toEqual([
        ["a", "2"],
        ["b", "2"],
      ]);
      await tables!.sql(`UPDATE ${tables!.quoted(table)} SET version = 3 WHERE distinct_id = 'a'`);
      await run(exported, hour(18));
      expect(await versions()).toEqual([
        ["a", "3"],
        ["b", "2"],
      ]);
    },
  );

  specify("fills a table for events and one for merged ids in one run", later, async () => {
    await insert([eventRow(at(19, 1))]);
    const ids = { scope: 7, amplitude_id: 2n ** 63n - 1n, merged_amplitude_id: -(2n ** 63n) };
    await insertMergedIds(project().sourceProjectId, [{ ...ids, merge_time: at(19), inserted_at: at(19) }]);
    const exported = await make({ model: "events_and_merged_ids" });
    const done = await run(exported, hour(19));
    expect(committedRows(done)).toEqual([
      [nameOf(exported), 1],
      [nameOf(exported, "merged_ids"), 1],
    ]);
    expect(await harness.rows(nameOf(exported, "merged_ids"))).toMatchObject([
      { amplitude_id: "9223372036854775807", merged_amplitude_id: "-9223372036854775808", scope: "7" },
    ]);
  });
}

function driftContract({ harness, tables, project, insert, make, run }: Suite): void {
  specify(
    "takes rows into columns of other types that hold the same, and merges by them",
    tables ? null : "files have no table to drift from",
    async () => {
      const id = randomUUID();
      const event = eventRow(at(29, 1), { distinct_id: Buffer.from(id) });
      await insert([event]);
      await insertPersons(project().sourceProjectId, [personRow(id, 1, at(29), { distinct_ids: [Buffer.from(id)] })]);
      for (const model of ["events", "persons"] as const) {
        const exported = await make({ model });
        const table = nameOf(exported, model);
        await tables!.sql(tables!.createOther(table));
        for (const _ of [1, 2]) await run(exported, hour(29));
        expect(await harness.rows(table)).toMatchObject([
          { distinct_id: id, ...(model === "events" && { uuid: event.uuid, event: "$pageview" }) },
        ]);
      }
    },
  );

  specify(
    "adds columns that an older table lacks, and refuses one of another type by its name",
    tables ? null : "files have no table to drift from",
    async () => {
      await insert([eventRow(at(16, 1))]);
      const exported = await make();
      await tables!.sql(tables!.createOld(nameOf(exported)));
      await run(exported, hour(16));
      expect(await harness.rows(nameOf(exported))).toMatchObject([{ event: "$pageview" }]);
      const wrong = await make();
      await tables!.sql(tables!.createWrong(nameOf(wrong)));
      const id = await makeRun(project(), wrong, hour(16));
      await expect(plan(id)).rejects.toMatchObject({
        failure: { code: "schema_mismatch", retryable: false, message: expect.stringMatching(/timestamp/i) },
      });
    },
  );
}
