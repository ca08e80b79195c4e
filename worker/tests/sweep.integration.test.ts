import { randomUUID } from "node:crypto";
import { eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { checkRequests, historicExports, runs } from "@/lib/db/schema";
import { getChecks } from "@/lib/services/checks/get";
import { getHistoricExport } from "@/lib/services/historic-exports/get";
import { getRun } from "@/lib/services/runs/get";
import { getTemporal } from "@/lib/temporal/client";
import {
  CHECK_WORKFLOW,
  checkWorkflowId,
  HISTORIC_WORKFLOW,
  historicWorkflowId,
  runWorkflowId,
} from "@/lib/temporal/contract";
import { HOUR } from "@/lib/units";
import { deps } from "@/testing/runs/deps";
import { makeExport, pastHour, startWindow } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { until } from "@/testing/runs/until";
import { sweepLost } from "@/worker/steps/upkeep/sweep";

const LONG_AGO = new Date(Date.now() - HOUR);

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

/** A queue without a worker: workflows started there stay open until they are ended from outside. */
const nobody = `test-${randomUUID()}`;
const workflow = (id: string) => getTemporal().workflow.getHandle(id);

async function oldRun(exportId: string, hour: number, state: "Starting" | "Running") {
  const id = await startWindow(project, exportId, pastHour(hour), nobody);
  await getDb().update(runs).set({ state, createdAt: LONG_AGO }).where(eq(runs.id, id));
  return id;
}

describe("the sweep", () => {
  it("ends runs whose workflow is gone, and no others", async () => {
    const exported = await makeExport(project);
    const terminated = await oldRun(exported.id, 1, "Running");
    const open = await oldRun(exported.id, 2, "Running");
    const starting = await oldRun(exported.id, 3, "Starting");
    const fresh = await startWindow(project, exported.id, pastHour(4), nobody);
    for (const id of [terminated, starting, fresh]) await workflow(runWorkflowId(id)).terminate();

    expect(await sweepLost(deps())).toBeGreaterThanOrEqual(2);
    const stateOf = async (id: string) => (await getRun(project.actor, { id })).state;
    for (const id of [terminated, starting])
      expect(await getRun(project.actor, { id })).toMatchObject({
        state: "Failed",
        error: { code: "workflow_lost", fix: expect.stringMatching(/Retry/) },
        finishedAt: expect.any(String),
      });
    expect(await stateOf(open)).toBe("Running");
    // Its workflow may be about to start.
    expect(await stateOf(fresh)).toBe("Starting");
    await workflow(runWorkflowId(open)).terminate();
  });

  it("ends those of many whose workflow is gone, and no others", async () => {
    const exported = await makeExport(project);
    const hours = Array.from({ length: 24 }, (_, n) => n + 1);
    const ids = await Promise.all(hours.map((hour) => oldRun(exported.id, hour, "Running")));
    const gone = ids.filter((_, n) => n % 3 === 0);
    for (const id of gone) await workflow(runWorkflowId(id)).terminate();
    const failed = async () => {
      const rows = await getDb().select({ id: runs.id, state: runs.state }).from(runs).where(inArray(runs.id, ids));
      return rows.filter(({ state }) => state === "Failed").map(({ id }) => id);
    };
    // Temporal's list may still show recently ended workflows as open.
    await until("all that are gone had ended", async () => {
      await sweepLost(deps());
      return (await failed()).length >= gone.length;
    });
    expect((await failed()).toSorted()).toEqual(gone.toSorted());
    for (const id of ids.filter((it) => !gone.includes(it))) await workflow(runWorkflowId(id)).terminate();
  });

  it("starts requested checks that never began, and ends those whose workflow is gone", async () => {
    const exported = await makeExport(project);
    const { start: rangeStart, end: rangeEnd } = pastHour(1);
    const { organizationId } = project.actor;
    const about = { organizationId, projectId: project.id, exportId: exported.id, rangeStart, rangeEnd, windows: 1 };
    const request = async () =>
      (
        await getDb()
          .insert(checkRequests)
          .values({ ...about, kind: "source", createdAt: LONG_AGO })
          .returning()
      )[0]!.id;
    const stateOf = async (id: string) => getChecks(project.actor, { id });
    const lost = await request();
    const input = { workflowId: checkWorkflowId(lost), taskQueue: nobody, args: [{ checkId: lost }] };
    await getTemporal().workflow.start(CHECK_WORKFLOW, input);
    await sweepLost(deps());
    expect(await stateOf(lost)).toMatchObject({ state: "Running" });
    await workflow(checkWorkflowId(lost)).terminate();
    const neverBegan = await request();
    await sweepLost(deps());
    expect(await stateOf(lost)).toMatchObject({ state: "Failed", error: { code: "workflow_lost" } });
    await until("the checks had begun and ended", async () => (await stateOf(neverBegan)).state === "Completed");
  });

  it("ends a historic export whose workflow is gone", async () => {
    const exported = await makeExport(project);
    const { start, end } = pastHour(1);
    const tenant = { organizationId: project.actor.organizationId, projectId: project.id, exportId: exported.id };
    const [row] = await getDb()
      .insert(historicExports)
      .values({ ...tenant, rangeStart: start, rangeEnd: end, windows: 1, state: "Running", createdAt: LONG_AGO })
      .returning();
    const id = row?.id ?? "";
    const workflowId = historicWorkflowId(id);
    await getTemporal().workflow.start(HISTORIC_WORKFLOW, { workflowId, taskQueue: nobody, args: [] });
    await sweepLost(deps());
    expect(await getHistoricExport(project.actor, { id })).toMatchObject({ state: "Running" });
    await workflow(workflowId).terminate();
    await sweepLost(deps());
    expect(await getHistoricExport(project.actor, { id })).toMatchObject({ state: "Failed" });
  });
});
