import { expect, it } from "vitest";
import { eventRow } from "../events";
import { insertMergedIds } from "../merged-ids";
import { insertPersons } from "../persons";
import { committedRows, makeRun, nameOf, plan } from "./steps";
import { at, hour, type Suite, specify } from "./suite";

/** The part of the contract that is about what each table holds. */
export function tablesContract(suite: Suite): void {
  mergesContract(suite);
  driftContract(suite);
}

function mergesContract({ harness, tables, project, insert, make, run }: Suite): void {
  specify(
    "merges persons by their ids and versions, and never puts an older one over a newer",
    tables ? null : "files hold persons as each window found them",
    async () => {
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

  it("fills a table for events and one for merged ids in one run", async () => {
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
