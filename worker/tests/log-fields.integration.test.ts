import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runWorkflowId } from "@/lib/temporal/contract";
import type { Child } from "@/server/process/child";
import { fillWindow } from "@/testing/runs/events";
import { connect, makeExport, pastHour, runWhen, startWindow } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { until } from "@/testing/runs/until";
import { logLines } from "@/testing/stack/log-lines";
import { spawnWorker } from "@/testing/stack/spawn-worker";

const taskQueue = `test-${randomUUID()}`;
const log = join(process.env.PENSTOCK_LOG_DIR ?? tmpdir(), `worker-${randomUUID()}.log`);

let project: TestProject;
let worker: Child;
beforeAll(async () => {
  project = await openProject();
  await fillWindow(project.sourceProjectId, pastHour(1), { rows: 10, bytes: 100 });
  worker = await spawnWorker({ TEMPORAL_TASK_QUEUE: taskQueue }, log);
});
afterAll(async () => {
  await worker.stop();
  await project.close();
});

const lineOf = (runId: string, message: string) =>
  until("the worker had logged it", async () => logLines(log).find((it) => it.runId === runId && it.msg === message));

/** What each line of a run's step says. */
const idsOf = (exportId: string, runId: string) => ({
  ...{ organizationId: project.actor.organizationId, exportId, runId, workflowId: runWorkflowId(runId) },
  activity: expect.any(String),
  attempt: expect.any(Number),
});

it("a committed window's line names organization, export, run, workflow, and attempt", async () => {
  const { id } = await makeExport(project);
  const runId = await startWindow(project, id, pastHour(1), taskQueue);
  await runWhen(project, runId, ({ state }) => state === "Completed");
  const line = await lineOf(runId, "A window is committed.");
  expect(line).toMatchObject({ ...idsOf(id, runId), level: 30, name: "penstock", rows: 10, attempt: 1 });
});

it("so does a failed run's, with the code of the failure", async () => {
  const { id: connectionId } = await connect(project, { bucket: `none-${randomUUID()}` });
  const { id } = await makeExport(project, { connectionId });
  const runId = await startWindow(project, id, pastHour(1), taskQueue);
  const { error } = await runWhen(project, runId, ({ state }) => state === "Failed", 90);
  const line = await lineOf(runId, "A run ended without a commit.");
  expect(line).toMatchObject({ ...idsOf(id, runId), activity: "endRun", state: "Failed", code: error?.code });
});
