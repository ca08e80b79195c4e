import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { exports, runFiles, runs } from "@/lib/db/schema";
import { cancelHistoricExport } from "@/lib/services/historic-exports/cancel";
import { createHistoricExport } from "@/lib/services/historic-exports/create";
import { retryRun } from "@/lib/services/runs/retry";
import { getTemporal } from "@/lib/temporal/client";
import { historicWorkflowId, runWorkflowId } from "@/lib/temporal/contract";
import { MIB } from "@/lib/units";
import { makeTenant } from "@/testing/api/tenant";
import { storage } from "@/testing/runs/bucket";
import { fillWindow } from "@/testing/runs/events";
import { completeWindow, connect, makeExport, pastHour, runWhen, startWindow } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { TcpProxy } from "@/testing/runs/tcp-proxy";
import { until } from "@/testing/runs/until";

/** Files that a worker exports at once. */
const SLOTS = 4;
/** Concurrent windows of a historic export, and how many it has. */
const LANES = 8;
const PAST = 110;
const HOURS = [1, 2, 3, 4, 5, 6];

let busy: TestProject;
let other: TestProject;
beforeAll(async () => {
  [busy, other] = [await openProject(), await openProject(await makeTenant())];
  for (const back of HOURS) await fillWindow(busy.sourceProjectId, pastHour(back), { rows: 1500, bytes: 16_000 });
  // Too large to be written by the step that plans it.
  await fillWindow(other.sourceProjectId, pastHour(1), { rows: 1100, bytes: 16_000 });
  await fillWindow(busy.sourceProjectId, pastHour(7), { rows: 10, bytes: 100 });
});
afterAll(async () => {
  await busy.close();
  await other.close();
});

/** Has an export fill all file slots with stalled files while more wait. */
async function fillSlots() {
  const proxy = await TcpProxy.open(storage().endpoint);
  proxy.holdAfter(4 * MIB);
  const { id: connectionId } = await connect(busy, { endpoint: proxy.endpoint });
  const destination = { compression: "none" as const, maxFileSizeMb: 8, prefix: `busy-${randomUUID()}/` };
  const exported = await makeExport(busy, { connectionId, destination });
  // Six runs, each with three files, all requested at once: four stall, fourteen wait.
  const ids = await Promise.all(HOURS.map((back) => startWindow(busy, exported.id, pastHour(back))));
  await until("all slots were taken", async () => (await running(ids)) === SLOTS && proxy.isFull);
  return { proxy, ids };
}

it("a small window does not wait for long files, also of the same organization", async () => {
  const { proxy, ids } = await fillSlots();
  const small = await makeExport(busy, { destination: { prefix: "busy-small/" } });
  const id = await startWindow(busy, small.id, pastHour(7));
  await runWhen(busy, id, ({ state }) => state === "Completed");
  expect(await running(ids)).toBe(SLOTS);
  proxy.release();
  for (const run of ids) await runWhen(busy, run, ({ state }) => state === "Completed");
  proxy.cut();
});

const priorityOfRun = async (exportId: string, trigger: "schedule" | "historic") => {
  const isWanted = and(eq(runs.exportId, exportId), eq(runs.trigger, trigger));
  const [run] = await until("there was a run", async () => {
    const found = await getDb().select().from(runs).where(isWanted);
    return found.length > 0 && found;
  });
  return (await getTemporal().workflow.getHandle(run!.workflowId).describe()).priority;
};

it("workflows carry whose turn it is from their start, however they are started", async () => {
  const { organizationId: fairnessKey } = other.actor;
  const exported = await makeExport(other, { paused: false });
  await getDb()
    .update(exports)
    .set({ dueFrom: pastHour(0).start })
    .where(eq(exports.id, exported.id));
  await getTemporal().schedule.getHandle(exported.id).trigger();
  expect(await priorityOfRun(exported.id, "schedule")).toMatchObject({ priorityKey: 2, fairnessKey });
  const [start, end] = [pastHour(4).start.toISOString(), pastHour(1).end.toISOString()];
  const { id } = await createHistoricExport(other.actor, { exportId: exported.id, start, end });
  const { priority } = await getTemporal().workflow.getHandle(historicWorkflowId(id)).describe();
  expect(priority).toMatchObject({ priorityKey: 4, fairnessKey });
  expect(await priorityOfRun(exported.id, "historic")).toMatchObject({ priorityKey: 4, fairnessKey });
  const retried = await makeExport(other, { destination: { prefix: "by-hand/" } });
  const run = await completeWindow(other, retried.id, pastHour(9));
  const again = await retryRun(other.actor, { id: run.id });
  const handle = getTemporal().workflow.getHandle(runWorkflowId(again.id));
  expect((await handle.describe()).priority).toMatchObject({ priorityKey: 2, fairnessKey });
});

it("a scheduled run goes before the windows of another organization's historic export that wait", async () => {
  await fillWindow(busy.sourceProjectId, pastHour(PAST), { rows: 1, bytes: 20 });
  const past = await makeExport(busy, { destination: { prefix: "past/" } });
  const [start, end] = [pastHour(PAST).start.toISOString(), pastHour(10).end.toISOString()];
  const { id: historicId } = await createHistoricExport(busy.actor, { exportId: past.id, start, end });
  const windows = () => getDb().select().from(runs).where(eq(runs.historicExportId, historicId));
  await until("windows were under way", async () => (await windows()).length > LANES);
  const exported = await makeExport(other, { destination: { prefix: "scheduled/" } });
  const id = await startWindow(other, exported.id, pastHour(10));
  await runWhen(other, id, ({ state }) => state === "Completed");
  const [mine] = await getDb().select().from(runs).where(eq(runs.id, id));
  const during = (await windows()).filter(
    ({ createdAt }) => createdAt > mine!.createdAt && createdAt < mine!.finishedAt!,
  );
  // Each window under way may be replaced once, and perhaps again during the run itself.
  expect(during.length).toBeLessThanOrEqual(2 * LANES);
  await cancelHistoricExport(busy.actor, { id: historicId });
});

it("an organization's run waits for one file of another's, not for all that wait before it", async () => {
  const { proxy, ids } = await fillSlots();
  const small = await makeExport(other, { destination: { prefix: "small/" } });
  const id = await startWindow(other, small.id, pastHour(1));
  await until("the small run's file waited for a slot", async () => {
    const { raw } = await getTemporal().workflow.getHandle(runWorkflowId(id)).describe();
    return raw.pendingActivities?.some(({ activityType }) => activityType?.name === "exportFile") ?? false;
  });
  proxy.release();
  await runWhen(other, id, ({ state }) => state === "Completed");
  for (const run of ids) await runWhen(busy, run, ({ state }) => state === "Completed");
  proxy.cut();
  const [[mine], theirs] = [await filesOf([id]), await filesOf(ids)];
  const first = theirs.filter(({ startedAt }) => startedAt! < mine!.startedAt!);
  // Each slot had one file, and may have received the next by then.
  expect(theirs).toHaveLength(HOURS.length * 3);
  expect(first.length).toBeLessThanOrEqual(2 * SLOTS);
});

const filesOf = async (ids: string[]) =>
  (await Promise.all(ids.map((id) => getDb().select().from(runFiles).where(eq(runFiles.runId, id))))).flat();

const running = async (ids: string[]) => (await filesOf(ids)).filter(({ state }) => state === "Running").length;
