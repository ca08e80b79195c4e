import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import { micros } from "@/lib/source/time";
import type { Window } from "@/lib/windows";
import { type EventRow, eventRow, insertEvents } from "../events";
import { openProject, type TestProject } from "../project";
import { accessContract } from "./access";
import type { Harness } from "./harness";
import { commit, endAsFailed, makeRun, makeWarehouseExport, nameOf, plan, putFiles, runOf, runWindow } from "./steps";
import { tablesContract } from "./tables";

const hour = (n: number): Window => ({
  start: new Date(Date.UTC(2025, 5, 1, n)),
  end: new Date(Date.UTC(2025, 5, 1, n + 1)),
});
const at = (n: number, offset = 0) => micros(hour(n).start) + offset;

/** The suite that every warehouse passes. What a stand-in can't show is skipped, by a name that says why. */
export function warehouseContract(harness: Harness): void {
  describe(`the contract of warehouses: ${harness.name}`, () => {
    let project: TestProject;
    beforeAll(async () => {
      await harness.open();
      project = await openProject();
    }, 300_000);
    afterAll(async () => {
      await project?.close();
      await harness.close();
    });

    const insert = (rows: EventRow[]) => insertEvents(project.sourceProjectId, rows);
    const uuids = async (table: string) => (await harness.rows(table)).map(({ uuid }) => uuid).toSorted();
    const make = (values: Parameters<typeof makeWarehouseExport>[2] = {}) =>
      makeWarehouseExport(project, harness, values);

    it("makes the table, and every value comes back equal", async () => {
      const json = `{"big":9007199254740993,"deep":{"a":[1,{"b":"x"}]},"text":"it's \\"quoted\\"\\n\\u0000","unit":"ü👋"}`;
      const row = eventRow(at(0, 1), {
        event: Buffer.from("a/b\n'\"\\,;"),
        distinct_id: Buffer.from("nul\0here"),
        timestamp: at(0) + 123_456,
        properties: Buffer.from(json),
        person_properties: Buffer.from("no json"),
        ip: Buffer.from(""),
      });
      await insert([row]);
      const exported = await make();
      const run = await runWindow(project, exported, hour(0));
      const [found] = await harness.rows(nameOf(exported));
      const nul = (text: string) => (harness.carriesNul ? text : text.replaceAll("\0", "\ufffd"));
      expect(found).toMatchObject({
        uuid: row.uuid,
        event: "a/b\n'\"\\,;",
        distinct_id: nul("nul\0here"),
        person_id: row.person_id,
        team_id: String(project.sourceProjectId),
        ip: "",
        timestamp: "2025-06-01T00:00:00.123456Z",
        set: null,
        _export_id: exported.id,
        _run_id: run.id,
        _interval_start: "2025-06-01T00:00:00.000000Z",
        _interval_end: "2025-06-01T01:00:00.000000Z",
      });
      const properties = JSON.parse(found?.properties ?? "") as Record<string, unknown>;
      expect(properties).toMatchObject({ deep: { a: [1, { b: "x" }] }, unit: "ü👋" });
      expect(properties.text).toBe(nul(`it's "quoted"\n\0`));
      if (harness.carriesBigIntegers) expect(found?.properties).toMatch(/"big"\s*:\s*9007199254740993\b/);
      expect(JSON.parse(found?.person_properties ?? "")).toBe("no json");
      expect(run.receipt).toMatchObject({
        rows: 1,
        tables: [{ table: nameOf(exported), rows: 1, loaded: 1, rejected: 0 }],
      });
      if (!harness.carriesNul) expect(run.receipt?.replacedCharacters).toBe(2);
    });

    it("replaces a window's rows when it is run again, and those of windows within it", async () => {
      const rows = [1, 2, 3].map((n) => eventRow(at(1, n)));
      await insert(rows);
      const exported = await make();
      const table = nameOf(exported);
      for (const _ of [1, 2]) await runWindow(project, exported, hour(1));
      const last = await runWindow(project, exported, { start: hour(1).start, end: hour(2).end });
      expect(await uuids(table)).toEqual(rows.map(({ uuid }) => uuid).toSorted());
      expect(new Set((await harness.rows(table)).map((row) => row._run_id))).toEqual(new Set([last.id]));
    });

    it("leaves rows of other windows and other exports in the same table alone", async () => {
      await insert([eventRow(at(3, 1)), eventRow(at(4, 1))]);
      const table = `shared_${randomUUID().slice(0, 8)}`;
      const [one, other] = [await make({ table }), await make({ table })];
      for (const exported of [one, other]) for (const n of [3, 4]) await runWindow(project, exported, hour(n));
      await runWindow(project, one, hour(3));
      expect(await harness.rows(table)).toHaveLength(4);
    });

    it("appends where that was chosen", async () => {
      await insert([eventRow(at(5, 1))]);
      const exported = await make({ commitMode: "append" });
      for (const _ of [1, 2]) await runWindow(project, exported, hour(5));
      expect(await harness.rows(nameOf(exported))).toHaveLength(2);
    });

    it("empties a window that is empty by now, and has a receipt for it", async () => {
      const exported = await make({ filters: { includeEvents: ["nothing has this name"] } });
      const run = await runWindow(project, exported, hour(6));
      expect(run.receipt).toMatchObject({ rows: 0, tables: [{ rows: 0 }] });
      expect(await harness.rows(nameOf(exported))).toEqual([]);
    });

    it("is complete after a commit whose answer was lost", async () => {
      await insert([eventRow(at(7, 1))]);
      const exported = await make();
      const run = await runWindow(project, exported, hour(7));
      await endAsRunning(run.id);
      await commit(run.id);
      expect(await harness.rows(nameOf(exported))).toHaveLength(1);
      expect((await runOf(run.id)).receipt?.tables).toMatchObject([{ rows: 1 }]);
    });

    it.each(["after the plan", "between its files", "before the commit"])(
      "leaves the table as it was when a run dies %s, and the next one puts its leftovers away",
      async (when) => {
        const n = { "after the plan": 8, "between its files": 9, "before the commit": 10 }[when] ?? 0;
        await insert([eventRow(at(n, 1)), eventRow(at(n, 2))]);
        const exported = await make();
        const table = nameOf(exported);
        const first = await runWindow(project, exported, hour(n));
        const dead = await makeRun(project, exported, hour(n));
        await plan(dead);
        if (when !== "after the plan") await putFiles(dead, when === "between its files" ? 0 : undefined);
        if (when === "between its files") await putFiles(dead, 1);
        expect(new Set((await harness.rows(table)).map((row) => row._run_id))).toEqual(new Set([first.id]));
        await endAsFailed(dead);
        const next = await runWindow(project, exported, hour(n));
        expect(new Set((await harness.rows(table)).map((row) => row._run_id))).toEqual(new Set([next.id]));
        const left = (await harness.leftovers()).filter(
          (name) => name.includes(dead.replaceAll("-", "")) || name.includes(dead),
        );
        expect(left).toEqual([]);
      },
    );

    it.skipIf(!harness.failingCommit)(
      `leaves the table as it was when the commit fails${harness.failingCommit ? "" : " (skipped: nothing makes a commit of this stand-in fail)"}`,
      async () => {
        await insert([eventRow(at(11, 1))]);
        const exported = await make();
        const table = nameOf(exported);
        const first = await runWindow(project, exported, hour(11));
        await insert([eventRow(at(11, 2))]);
        const mend = await harness.failingCommit!(table);
        const second = await makeRun(project, exported, hour(11));
        await plan(second);
        await putFiles(second);
        await expect(commit(second)).rejects.toMatchObject({ failure: { code: expect.any(String) } });
        expect((await harness.rows(table)).map((row) => row._run_id)).toEqual([first.id]);
        await mend();
        await commit(second);
        expect(new Set((await harness.rows(table)).map((row) => row._run_id))).toEqual(new Set([second]));
      },
    );

    it("lets windows run at once", async () => {
      const hours = [12, 13, 14, 15];
      await insert(hours.flatMap((n) => [eventRow(at(n, 1)), eventRow(at(n, 2))]));
      const exported = await make();
      await Promise.all(hours.map((n) => runWindow(project, exported, hour(n))));
      expect(await harness.rows(nameOf(exported))).toHaveLength(8);
    });

    it("has one run at a time on a window: the ledger refuses a second", async () => {
      const exported = await make();
      const first = await makeRun(project, exported, hour(22));
      await expect(makeRun(project, exported, hour(22))).rejects.toThrow();
      await endAsFailed(first);
      await endAsFailed(await makeRun(project, exported, hour(22)));
    });

    it("adds columns that an older table lacks, and refuses one of another type by its name", async () => {
      await insert([eventRow(at(16, 1))]);
      const exported = await make();
      await harness.sql(harness.createOld(nameOf(exported)));
      await runWindow(project, exported, hour(16));
      expect(await harness.rows(nameOf(exported))).toMatchObject([{ event: "$pageview" }]);
      const wrong = await make();
      await harness.sql(harness.createWrong(nameOf(wrong)));
      const id = await makeRun(project, wrong, hour(16));
      await expect(plan(id)).rejects.toMatchObject({
        failure: { code: "schema_mismatch", retryable: false, message: expect.stringMatching(/timestamp/i) },
      });
    });

    tablesContract(harness, () => project);
    accessContract(harness, () => project);
  });
}

/** A run that has committed, in the ledger of whoever was not told. */
const endAsRunning = (id: string) =>
  getDb().update(runs).set({ state: "Running", receipt: null }).where(eq(runs.id, id));
