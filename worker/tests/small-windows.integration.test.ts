import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { dbNow } from "@/lib/db/now";
import { exports, runs } from "@/lib/db/schema";
import { canonicalJson } from "@/lib/receipts/canonical";
import { createHistoricExport } from "@/lib/services/historic-exports/create";
import { cancelRun } from "@/lib/services/runs/cancel";
import { getRun } from "@/lib/services/runs/get";
import { getTemporal } from "@/lib/temporal/client";
import { runWorkflowId, workflowTypeOf } from "@/lib/temporal/contract";
import { MINUTE } from "@/lib/units";
import type { Child } from "@/server/process/child";
import { storage } from "@/testing/runs/bucket";
import { fillWindow } from "@/testing/runs/events";
import { completeWindow, connect, makeExport, pastHour, runWhen, startWindow } from "@/testing/runs/exports";
import { LedgerCount } from "@/testing/runs/ledger-count";
import { openProject, type TestProject } from "@/testing/runs/project";
import { TcpProxy } from "@/testing/runs/tcp-proxy";
import { until } from "@/testing/runs/until";
import { windowSteps } from "@/testing/runs/window-steps";
import { spawnWorker } from "@/testing/stack/spawn-worker";

/** Budget for a small, settled window. */
const MOST = { statements: 15, events: 15 };

let project: TestProject;
let ledger: LedgerCount;
let worker: Child;
const taskQueue = `test-${randomUUID()}`;
const { receiptOf, logOf } = windowSteps(() => project);

beforeAll(async () => {
  project = await openProject();
  ledger = await LedgerCount.open();
  worker = await spawnWorker({ ...ledger.env, TEMPORAL_TASK_QUEUE: taskQueue });
  await fillWindow(project.sourceProjectId, pastHour(1), { rows: 5, bytes: 20 });
});
afterAll(async () => {
  await worker.stop();
  await ledger.close();
  await project.close();
});

/** A workflow's activities, in order, and its number of events. */
async function historyOf(workflowId: string) {
  const handle = getTemporal().workflow.getHandle(workflowId);
  await handle.result().catch(() => {});
  const events = (await handle.fetchHistory()).events ?? [];
  const steps = events.flatMap((event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? []);
  return { events: events.length, steps };
}

/** Has a firing export the hour that ended this many hours ago. Returns its run and its history. */
async function fire(back: number) {
  const { start: dueFrom, end: endAt } = pastHour(back);
  const exported = await makeExport(project, { endAt: endAt.toISOString() });
  await getDb().update(exports).set({ paused: false, dueFrom }).where(eq(exports.id, exported.id));
  const workflowId = `test-${exported.id}`;
  const args = [{ exportId: exported.id }];
  await getTemporal().workflow.start(workflowTypeOf("s3"), { workflowId, taskQueue, args });
  const history = await historyOf(workflowId);
  const [run] = await getDb().select().from(runs).where(eq(runs.exportId, exported.id));
  return { run: run!, history, statements: ledger.about([exported.id, run!.id]) };
}

describe("a small window that has settled", () => {
  it.each([
    ["empty", 900, 0],
    ["tiny", 1, 5],
  ])("is done in one step, with few statements and events (%s)", async (_, back, rows) => {
    const { run, history, statements } = await fire(back);
    expect(run).toMatchObject({ state: "Completed", rows, trigger: "schedule", attempt: 1, error: null });
    expect(await receiptOf(run.id)).toMatchObject({ rows, files: rows ? [{ rows }] : [] });
    const manifest = (await project.bucket.bytes(run.manifest?.key ?? "")).toString();
    expect(manifest, "byte for byte").toBe(canonicalJson(await receiptOf(run.id)));
    expect(history.steps).toEqual(["startRun"]);
    expect(history.events).toBeLessThanOrEqual(MOST.events);
    expect(statements.length, statements.join("\n")).toBeLessThanOrEqual(MOST.statements);
    expect(statements.length).toBeGreaterThan(5);
    const messages = (await logOf(run.id)).map(({ message }) => message.split(" ")[0]);
    expect(messages).toEqual(
      rows ? ["Run", "Planned", "Writing", "Wrote", "Committed"] : ["Run", "Planned", "Committed"],
    );
  });
});

describe("what takes longer", () => {
  it("a window that has yet to settle is planned and done in one step once it has", async () => {
    const exported = await makeExport(project, { schedule: { every: "5m" } });
    const end = new Date((await dbNow(getDb())).getTime() - MINUTE);
    await getDb().update(exports).set({ settleSeconds: 75 }).where(eq(exports.id, exported.id));
    const run = await completeWindow(project, exported.id, { start: new Date(end.getTime() - 5 * MINUTE), end });
    expect((await historyOf(runWorkflowId(run.id))).steps).toEqual(["startRun", "planRun"]);
    expect((await logOf(run.id))[0]?.message).toMatch(/waiting \d+ s for the window to settle/);
  });

  it("a file that is not small has a step of its own, and so has its commit", async () => {
    await fillWindow(project.sourceProjectId, pastHour(2), { rows: 1100, bytes: 16_000 });
    const exported = await makeExport(project, { destination: { compression: "none" } });
    const run = await completeWindow(project, exported.id, pastHour(2));
    expect(run).toMatchObject({ files: 1, attempt: 1 });
    expect((await historyOf(runWorkflowId(run.id))).steps).toEqual(["startRun", "exportFile", "commitRun"]);
  });
});

describe("a small window that fails on its way", () => {
  it("is gone on with by the steps of their own, as their second try", async () => {
    const proxy = await TcpProxy.open(storage().endpoint);
    proxy.stopAt(/PUT \/\S+jsonl/);
    const { id: connectionId } = await connect(project, { endpoint: proxy.endpoint });
    const exported = await makeExport(project, { connectionId });
    const id = await startWindow(project, exported.id, pastHour(1));
    await until("the file was on its way", async () => proxy.hasStopped);
    proxy.cut();
    await runWhen(project, id, ({ error }) => error?.code === "unreachable");
    await proxy.restore();
    await runWhen(project, id, ({ state }) => state === "Completed");
    const { steps } = await historyOf(runWorkflowId(id));
    expect(steps).toEqual(["startRun", "exportFile", "commitRun"]);
    const log = (await logOf(id)).map(({ attempt, message }) => ({ attempt, message }));
    expect(log).toContainEqual({ attempt: 1, message: expect.stringMatching(/^Attempt 1 failed: .*\(unreachable\)$/) });
    expect(log).toContainEqual({ attempt: expect.any(Number), message: expect.stringMatching(/^Wrote 5 rows/) });
    expect((await getRun(project.actor, { id })).attempt).toBeGreaterThan(1);
    proxy.cut();
  });
});

describe("cancelling while a small window is on its way", () => {
  /** An export whose file never arrives. */
  async function held(prefix: string) {
    const proxy = await TcpProxy.open(storage().endpoint);
    proxy.stopAt(/PUT \/\S+jsonl/);
    const { id: connectionId } = await connect(project, { endpoint: proxy.endpoint });
    return { proxy, exported: await makeExport(project, { connectionId, destination: { prefix } }) };
  }

  it("ends a run and leaves nothing", async () => {
    const { proxy, exported } = await held("cancelled/");
    const id = await startWindow(project, exported.id, pastHour(1));
    await until("the file was on its way", async () => proxy.hasStopped);
    await cancelRun(project.actor, { id });
    expect(await runWhen(project, id, ({ state }) => state === "Cancelled")).toMatchObject({ error: null });
    proxy.cut();
    expect(await project.bucket.keys("cancelled/")).toEqual([]);
  });

  it("also one whose workflow was not told of it yet", async () => {
    const { proxy, exported } = await held("untold/");
    const [start, end] = [pastHour(1).start.toISOString(), pastHour(1).end.toISOString()];
    await createHistoricExport(project.actor, { exportId: exported.id, start, end });
    await until("the file was on its way", async () => proxy.hasStopped);
    const [run] = await getDb().select().from(runs).where(eq(runs.exportId, exported.id));
    await cancelRun(project.actor, { id: run!.id });
    await runWhen(project, run!.id, ({ state }) => state === "Cancelled");
    proxy.cut();
    expect(await project.bucket.keys("untold/")).toEqual([]);
  });
});
