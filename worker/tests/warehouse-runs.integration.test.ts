import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cancelRun } from "@/lib/services/runs/cancel";
import { micros } from "@/lib/source/time";
import { postgresHarness } from "@/testing/runs/destinations/postgres";
import { makeExportTo } from "@/testing/runs/destinations/steps";
import { eventRow, fillWindow, insertEvents } from "@/testing/runs/events";
import { completeWindow, pastHour, runWhen, startWindow } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";

let project: TestProject;
beforeAll(async () => {
  await postgresHarness.open();
  project = await openProject();
});
afterAll(async () => {
  await project.close();
  await postgresHarness.close();
});

describe("a warehouse's run, by the workflow of its own name", () => {
  it("completes, with the table's rows in its receipt", async () => {
    const window = pastHour(1);
    await insertEvents(project.sourceProjectId, [eventRow(micros(window.start)), eventRow(micros(window.start) + 1)]);
    const exported = await makeExportTo(project, postgresHarness, { table: "by_workflow" });
    const run = await completeWindow(project, exported.id, window);
    expect(run).toMatchObject({ rows: 2, files: 1, error: null });
    expect(await postgresHarness.rows("by_workflow")).toHaveLength(2);
  });

  it("that is cancelled leaves neither rows nor staging", async () => {
    const window = pastHour(2);
    await fillWindow(project.sourceProjectId, window, { rows: 200_000, bytes: 1000 });
    const exported = await makeExportTo(project, postgresHarness, { table: "cancelled" });
    const id = await startWindow(project, exported.id, window);
    await runWhen(project, id, ({ state }) => state === "Running");
    await cancelRun(project.actor, { id });
    await runWhen(project, id, ({ state }) => state === "Cancelled");
    expect(await postgresHarness.rows("cancelled")).toEqual([]);
    const mine = id.replaceAll("-", "");
    await expect
      .poll(async () => (await postgresHarness.leftovers()).filter((name) => name.includes(mine)), { timeout: 30_000 })
      .toEqual([]);
  });
});
