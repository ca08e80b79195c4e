import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Export } from "@/lib/schemas/export";
import { patchExport } from "@/lib/services/exports/patch";
import { auditRuns } from "@/worker/steps/checks/audit-runs";
import { deps } from "../deps";
import { eventRow } from "../events";
import { insertPersons, personRow } from "../persons";
import { nameOf } from "./steps";
import { at, hour, type Suite, specify } from "./suite";

const FILES = "files are audited by their bytes, in tests of their own";

const audit = (exportId: string, runIds: string[], isDeep = false) =>
  auditRuns(deps(), exportId, runIds, { isDeep, signal: AbortSignal.timeout(60_000) });

/** The part of the contract about audits of what was committed. */
export function auditsContract({ harness, later, tables, project, insert, make, run }: Suite): void {
  specify("is audited: rows that are gone, added, or another run's", tables ? null : FILES, async () => {
    const rows = [40, 40, 40, 41].map((n, nth) => eventRow(at(n, nth)));
    await insert(rows);
    const exported = await make();
    const ids = [(await run(exported, hour(40))).id, (await run(exported, hour(41))).id];
    const table = tables!.quoted(nameOf(exported));
    const found = async () => (await audit(exported.id, ids)).map((one) => [one.outcome, one.found.rows]);
    expect(await audit(exported.id, ids, true)).toMatchObject([
      { kind: "deep", outcome: "intact", expected: { rows: 3 }, found: { rows: 3 } },
      { outcome: "intact", expected: { rows: 1 }, found: { rows: 1 } },
    ]);
    await tables!.sql(`INSERT INTO ${table} SELECT * FROM ${table} WHERE uuid = '${rows[0]!.uuid}'`);
    expect(await found()).toEqual([
      ["extra", 4],
      ["intact", 1],
    ]);
    await tables!.sql(`UPDATE ${table} SET _run_id = 'another' WHERE uuid = '${rows[0]!.uuid}'`);
    expect(await found()).toEqual([
      ["changed", 2],
      ["intact", 1],
    ]);
    await tables!.sql(`DELETE FROM ${table} WHERE uuid = '${rows[0]!.uuid}'`);
    expect(await found()).toEqual([
      ["missing", 2],
      ["intact", 1],
    ]);
    const again = (await run(exported, hour(40))).id;
    expect(await audit(exported.id, [...ids, again])).toMatchObject([
      { run: { id: again }, outcome: "intact", found: { rows: 3 } },
      { outcome: "intact" },
    ]);
    await tables!.sql(`DROP TABLE ${table}`);
    // Snowflake doesn't say whether a table is missing or may not be read.
    const gone = { outcome: "missing", found: { rows: 0 }, reason: expect.stringContaining("no longer exists") };
    const unclear = { outcome: "unknown", found: { rows: null } };
    expect(await audit(exported.id, [again])).toMatchObject([harness.type === "snowflake" ? unclear : gone]);
  });

  for (const [holder, makeHolder] of Object.entries(tables?.holders ?? {}))
    it(`is audited after what held its rows was dropped, and there is no ${holder} any more`, async () => {
      await insert([eventRow(at(46, 1))]);
      const { config, drop } = await makeHolder();
      const exported = await make({ config });
      const { id } = await run(exported, hour(46));
      expect(await audit(exported.id, [id])).toMatchObject([{ outcome: "intact" }]);
      await drop();
      expect(await audit(exported.id, [id])).toMatchObject([
        {
          outcome: "missing",
          found: { rows: 0 },
          reason: expect.stringMatching(new RegExp(`^The ${holder} .* no longer exists`)),
        },
      ]);
    });

  specify(
    "is audited without alarm where runs append, or a longer window came later",
    tables ? later : FILES,
    async () => {
      await insert([42, 43].map((n) => eventRow(at(n, 1))));
      const appended = await make({ commitMode: "append" });
      const [, last] = [await run(appended, hour(42)), await run(appended, hour(42))];
      expect(await audit(appended.id, [last.id])).toMatchObject([{ outcome: "intact", found: { rows: 1 } }]);
      const replaced = await make();
      const one = await run(replaced, hour(42));
      const both = await run(replaced, { start: hour(42).start, end: hour(43).end });
      const found = new Map((await audit(replaced.id, [one.id, both.id])).map((each) => [each.run.id, each]));
      expect(found.get(one.id)).toMatchObject({ outcome: "unknown", found: { rows: 0 } });
      expect(found.get(both.id)).toMatchObject({ outcome: "intact", found: { rows: 2 } });
    },
  );

  specify(
    "is audited with alarm where a longer window came later, but to another table, or appended",
    tables ? later : FILES,
    async () => {
      await insert([47, 48].map((n) => eventRow(at(n, 1))));
      for (const change of [{ table: `other_${randomUUID().slice(0, 8)}` }, { commitMode: "append" }] as const) {
        const exported = await make();
        const one = await run(exported, hour(47));
        const destination = { ...exported.destination, ...change } as Export["destination"];
        await patchExport(project().actor, { id: exported.id, destination });
        await run(exported, { start: hour(47).start, end: hour(48).end });
        const lost = async () => (await audit(exported.id, [one.id])).map(({ outcome }) => outcome);
        expect(await lost()).toEqual(["intact"]);
        const table = tables!.quoted(nameOf(exported));
        await tables!.sql(`DELETE FROM ${table} WHERE _run_id = '${one.id}'`);
        expect(await lost()).toEqual(["missing"]);
      }
    },
  );

  specify("is audited without alarm where later windows replace its persons", tables ? later : FILES, async () => {
    const who = "8d3e1b7a-65f5-4a7d-9a3d-2d1ad9b1f3c4";
    const person = (version: number, n: number) => personRow(who, version, at(n), { distinct_ids: [Buffer.from("a")] });
    const exported = await make({ model: "persons" });
    const ids: string[] = [];
    for (const [version, n] of [
      [1, 44],
      [2, 45],
    ] as const) {
      await insertPersons(project().sourceProjectId, [person(version, n)]);
      ids.push((await run(exported, hour(n))).id);
    }
    expect(await audit(exported.id, ids)).toMatchObject([
      { outcome: "unknown", reason: expect.stringContaining("Newer versions") },
      { outcome: "intact" },
    ]);
  });
}
