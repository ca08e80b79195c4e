import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { patchExport } from "@/lib/services/exports/patch";
import { eventRow } from "../events";
import {
  commit,
  committedRows,
  endAsFailed,
  endAsRunning,
  leftoversOf,
  makeRun,
  nameOf,
  plan,
  putFiles,
  runOf,
} from "./steps";
import { at, hour, type Suite, specify } from "./suite";

/** The part of the contract about windows: repeated, concurrent, empty. */
export function windowsContract(suite: Suite): void {
  againContract(suite);
  besideContract(suite);
  emptyContract(suite);
}

function againContract({ harness, later, tables, insert, make, run, uuids, runIds }: Suite): void {
  it("replaces a window's rows when it is run again", async () => {
    const rows = [1, 2, 3].map((n) => eventRow(at(1, n)));
    await insert(rows);
    const exported = await make();
    await run(exported, hour(1));
    const last = await run(exported, hour(1));
    expect(await uuids(nameOf(exported))).toEqual(rows.map(({ uuid }) => uuid).toSorted());
    expect(await runIds(nameOf(exported))).toEqual(new Set([last.id]));
  });

  specify(
    "replaces the rows of windows within a window",
    tables ? null : "objects are replaced by their keys, which name the window",
    async () => {
      const rows = [1, 2, 3].map((n) => eventRow(at(23, n)));
      await insert(rows);
      const exported = await make();
      for (const _ of [1, 2]) await run(exported, hour(23));
      const last = await run(exported, { start: hour(23).start, end: hour(24).end });
      expect(await uuids(nameOf(exported))).toEqual(rows.map(({ uuid }) => uuid).toSorted());
      expect(await runIds(nameOf(exported))).toEqual(new Set([last.id]));
    },
  );

  specify("appends where that was chosen", tables ? null : "objects are replaced by their keys", async () => {
    await insert([eventRow(at(5, 1))]);
    const exported = await make({ commitMode: "append" });
    for (const _ of [1, 2]) await run(exported, hour(5));
    expect(await harness.rows(nameOf(exported))).toHaveLength(2);
  });

  specify("is complete after a commit whose answer was lost", later, async () => {
    await insert([eventRow(at(7, 1))]);
    const exported = await make();
    const { id } = await run(exported, hour(7));
    await endAsRunning(id);
    await commit(id);
    expect(await harness.rows(nameOf(exported))).toHaveLength(1);
    expect(committedRows(await runOf(id))).toEqual([[nameOf(exported), 1]]);
  });
}

function besideContract({ harness, later, project, insert, make, run }: Suite): void {
  it("leaves rows of other windows and other exports in the same table alone", async () => {
    await insert([eventRow(at(3, 1)), eventRow(at(4, 1))]);
    const table = `shared_${randomUUID().slice(0, 8)}`;
    const [one, other] = [await make({ table }), await make({ table })];
    for (const exported of [one, other]) for (const n of [3, 4]) await run(exported, hour(n));
    await run(one, hour(3));
    expect(await harness.rows(table)).toHaveLength(4);
  });

  specify("lets windows run at once", later, async () => {
    const hours = [12, 13, 14, 15];
    await insert(hours.flatMap((n) => [eventRow(at(n, 1)), eventRow(at(n, 2))]));
    const exported = await make();
    await Promise.all(hours.map((n) => run(exported, hour(n))));
    expect(await harness.rows(nameOf(exported))).toHaveLength(8);
  });

  specify("has one run at a time on a window: the ledger refuses a second", later, async () => {
    const exported = await make();
    const first = await makeRun(project(), exported, hour(22));
    await expect(makeRun(project(), exported, hour(22))).rejects.toThrow();
    await endAsFailed(first);
    await endAsFailed(await makeRun(project(), exported, hour(22)));
  });
}

function emptyContract({ harness, later, project, insert, make, run }: Suite): void {
  const receipt = { rows: 0, ...(harness.holds === "tables" ? { tables: [{ rows: 0 }] } : { files: [] }) };
  const filters = { includeEvents: ["nothing has this name"], excludeEvents: [], properties: [] };

  specify("has a receipt for a window that is empty", later, async () => {
    const exported = await make({ filters });
    expect((await run(exported, hour(6))).receipt).toMatchObject(receipt);
    expect(await harness.rows(nameOf(exported))).toEqual([]);
  });

  it("empties a window that no longer has rows, if that is allowed, and cleans up after a run that died", async () => {
    await insert([eventRow(at(6, 1))]);
    const exported = await make();
    await run(exported, hour(6));
    expect(await harness.rows(nameOf(exported))).toHaveLength(1);
    const dead = await makeRun(project(), exported, hour(6));
    await plan(dead);
    await putFiles(dead);
    await endAsFailed(dead);
    await patchExport(project().actor, { id: exported.id, filters });
    const refused = await makeRun(project(), exported, hour(6));
    await expect(plan(refused)).rejects.toMatchObject({ failure: { code: "would_shrink", retryable: false } });
    await endAsFailed(refused);
    expect(await harness.rows(nameOf(exported))).toHaveLength(1);
    expect((await run(exported, hour(6), { allowShrink: true })).receipt).toMatchObject(receipt);
    expect(await harness.rows(nameOf(exported))).toEqual([]);
    expect(await leftoversOf(harness, dead, exported)).toEqual([]);
  });
}
