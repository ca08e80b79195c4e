import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { objectKeys } from "@/lib/db/schema";
import { endRun } from "@/lib/services/ledger/end-run";
import type { Window } from "@/lib/windows";
import { deps } from "@/testing/runs/deps";
import { postgresHarness } from "@/testing/runs/destinations/postgres";
import {
  commit,
  leftoversOf,
  makeExportTo,
  makeRun,
  nameOf,
  plan,
  runOf,
  runWindow,
} from "@/testing/runs/destinations/steps";
import { deleteEvents } from "@/testing/runs/events";
import { makeExport, pastHour } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { contents, expectUntouched, shrinkAudit, wouldShrink } from "@/testing/runs/shrink";
import { windowSteps } from "@/testing/runs/window-steps";

let project: TestProject;
beforeAll(async () => {
  await postgresHarness.open();
  project = await openProject();
}, 120_000);
afterAll(async () => {
  await project.close();
  await postgresHarness.close();
});

const { fill, complete } = windowSteps(() => project);

type Exported = Parameters<typeof makeRun>[1];

/** Plans a run that is refused, and ends it. */
async function refuse(exported: Exported, window: Window, receipt: number, source: number): Promise<string> {
  const id = await makeRun(project, exported, window);
  await expect(plan(id)).rejects.toMatchObject(wouldShrink(receipt, source));
  await endRun(deps(), id, "Failed", null);
  return id;
}

/** Leaves only so many of a window's rows. */
const leave = (window: Window, rows: number) =>
  deleteEvents(
    project.sourceProjectId,
    window,
    `uuid NOT IN (SELECT uuid FROM events WHERE project_id = ${project.sourceProjectId}
      AND inserted_at >= fromUnixTimestamp64Milli(${window.start.getTime()})
      AND inserted_at < fromUnixTimestamp64Milli(${window.end.getTime()}) ORDER BY inserted_at, uuid LIMIT ${rows})`,
  );

const lossOf = (runId: string) => shrinkAudit([runId]).then((all) => all.map(({ changes }) => changes));
const rowsFrom = (before: number, after: number) => [[{ field: "rows", before, after }]];
const allowed = { allowShrink: true };

describe("a window under names that can't change", () => {
  const amplitude = (prefix: string) => makeExport(project, { destination: { prefix, layout: "amplitude" } });

  it("keeps its receipt and manifest: it is refused before they would be withdrawn", async () => {
    const window = pastHour(1);
    await fill(window, 10);
    const exported = await amplitude("named/");
    const first = await complete(exported, window);
    const before = await contents(project.bucket, "named/");
    await leave(window, 4);
    await expectUntouched(await refuse(exported, window, 10, 4));
    expect(await contents(project.bucket, "named/")).toEqual(before);
    expect((await runOf(first)).supersededBy).toBeNull();

    const { id } = await runWindow(project, exported, window, allowed);
    expect((await runOf(first)).supersededBy).toBe(id);
    expect(await lossOf(id)).toEqual(rowsFrom(10, 4));
  });

  it("counts by the receipt that an earlier run withdrew before it failed", async () => {
    const window = pastHour(3);
    await fill(window, 10);
    const exported = await amplitude("withdrawn/");
    const first = await complete(exported, window);
    await fill(window, 5);
    const died = await makeRun(project, exported, window);
    await plan(died);
    await endRun(deps(), died, "Failed", null);
    expect((await runOf(first)).supersededBy).toBe(died);
    const before = await contents(project.bucket, "withdrawn/");
    await leave(window, 6);
    await expectUntouched(await refuse(exported, window, 10, 6));
    expect(await contents(project.bucket, "withdrawn/")).toEqual(before);
    const { id } = await runWindow(project, exported, window, allowed);
    expect(await lossOf(id)).toEqual(rowsFrom(10, 6));
  });

  it("takes no keys of another window's receipt with more rows", async () => {
    const [inner, outer] = [pastHour(6), pastHour(5, 2)];
    await fill(inner, 10);
    const exported = await amplitude("others/");
    const first = await complete(exported, inner);
    const before = await contents(project.bucket, "others/");
    const keys = () => getDb().$count(objectKeys, eq(objectKeys.runId, first));
    const held = await keys();
    await leave(inner, 4);
    await refuse(exported, outer, 10, 4);
    expect(await contents(project.bucket, "others/")).toEqual(before);
    expect(await keys()).toBe(held);
    expect((await runOf(first)).supersededBy).toBeNull();

    const { id } = await runWindow(project, exported, outer, allowed);
    expect((await runOf(first)).supersededBy).toBe(id);
    expect(await lossOf(id)).toEqual(rowsFrom(10, 4));
    // What was replaced for good doesn't count a second time.
    const again = await runWindow(project, exported, outer);
    expect(again).toMatchObject({ state: "Completed", rows: 4 });
  });

  it("counts by another window's receipt, too, that an earlier run withdrew before it failed", async () => {
    const [inner, outer] = [pastHour(21), pastHour(20, 2)];
    await fill(inner, 10);
    const exported = await amplitude("others-withdrawn/");
    const first = await complete(exported, inner);
    const died = await makeRun(project, exported, outer);
    await plan(died);
    await endRun(deps(), died, "Failed", null);
    expect((await runOf(first)).supersededBy).toBe(died);
    await leave(inner, 5);
    await refuse(exported, outer, 10, 5);
    await refuse(exported, inner, 10, 5);
  });
});

describe("a run that is planned again", () => {
  it("is refused if rows were lost since its first plan", async () => {
    const window = pastHour(8);
    await fill(window, 10);
    const exported = await makeExport(project, { destination: { prefix: "again/" } });
    const first = await complete(exported, window);
    const before = await contents(project.bucket, "again/");
    const id = await makeRun(project, exported, window);
    await plan(id);
    await leave(window, 9);
    await expect(commit(id)).rejects.toMatchObject({ failure: { code: "plan_mismatch" } });
    await expect(plan(id)).rejects.toMatchObject(wouldShrink(10, 9));
    await endRun(deps(), id, "Failed", null);
    expect(await contents(project.bucket, "again/")).toEqual(before);
    expect((await runOf(first)).supersededBy).toBeNull();
  });
});

describe("a table in PostgreSQL", () => {
  const rowsIn = async (exported: Exported) => (await postgresHarness.rows(nameOf(exported))).map(({ uuid }) => uuid);

  it.each(["replace", "append"] as const)("keeps its rows (%s)", async (commitMode) => {
    const window = pastHour(commitMode === "replace" ? 10 : 11);
    await fill(window, 10);
    const exported = await makeExportTo(project, postgresHarness, { commitMode });
    const first = await runWindow(project, exported, window);
    const before = await rowsIn(exported);
    await leave(window, 4);
    const refused = await refuse(exported, window, 10, 4);
    await expectUntouched(refused);
    expect(await rowsIn(exported)).toEqual(before);
    expect(await leftoversOf(postgresHarness, refused, exported)).toEqual([]);
    expect((await runOf(first.id)).supersededBy).toBeNull();

    const { id } = await runWindow(project, exported, window, allowed);
    expect(await rowsIn(exported)).toHaveLength(commitMode === "replace" ? 4 : 14);
    expect((await runOf(first.id)).supersededBy).toBe(id);
    expect(await lossOf(id)).toEqual(rowsFrom(10, 4));
  });

  it("keeps the rows of windows within a window, whose receipts have more together", async () => {
    const outer = pastHour(13, 2);
    const exported = await makeExportTo(project, postgresHarness);
    for (const window of [pastHour(14), pastHour(13)]) {
      await fill(window, 5);
      await runWindow(project, exported, window);
    }
    await leave(outer, 9);
    await expectUntouched(await refuse(exported, outer, 10, 9));
    expect(await rowsIn(exported)).toHaveLength(10);
    const { id } = await runWindow(project, exported, outer, allowed);
    expect(await rowsIn(exported)).toHaveLength(9);
    expect(await lossOf(id)).toEqual(rowsFrom(10, 9));
  });
});
