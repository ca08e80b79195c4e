import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getEnv } from "@/lib/env";
import { getReceipt } from "@/lib/services/runs/get-receipt";
import { MIB } from "@/lib/units";
import { storage } from "@/testing/runs/bucket";
import { fillWindow, sourceUuids } from "@/testing/runs/events";
import { connect, makeExport, pastHour, runWhen, startWindow } from "@/testing/runs/exports";
import { replaceKilled } from "@/testing/runs/killed";
import { openProject, type TestProject } from "@/testing/runs/project";
import { TcpProxy } from "@/testing/runs/tcp-proxy";
import { until } from "@/testing/runs/until";
import { spawnWorker } from "@/testing/stack/spawn-worker";

/** About 48 MiB of rows: six upload parts. */
const ROWS = { rows: 6000, bytes: 8000 };
const DOWN = 20_000;

let project: TestProject;
const window = pastHour(1);

beforeAll(async () => {
  project = await openProject();
  await fillWindow(project.sourceProjectId, window, ROWS);
});
afterAll(() => project.close());

/** An export through a proxy that stalls in the middle of the first file's upload. */
async function exportThrough(proxy: TcpProxy) {
  proxy.holdAfter(12 * MIB);
  const { id: connectionId } = await connect(project, { endpoint: proxy.endpoint });
  const destination = { compression: "none" as const, prefix: `${randomUUID()}/` };
  return makeExport(project, { connectionId, destination });
}

const inTheMiddle = (proxy: TcpProxy) => until("the upload was in its middle", async () => proxy.isFull);

/** Every source row is in the run's one file exactly once, in the source's order. */
async function expectEveryRowOnce(runId: string) {
  const { files, rows } = await getReceipt(project.actor, { id: runId });
  const lines = await project.bucket.lines(files[0]?.key ?? "");
  expect(files).toHaveLength(1);
  expect(rows).toBe(ROWS.rows);
  expect(lines.map((line) => (JSON.parse(line) as { uuid: string }).uuid)).toEqual(
    await sourceUuids(project.sourceProjectId),
  );
}

describe.concurrent("a run lives through", () => {
  it("the death of its worker in the middle of a file", async () => {
    const proxy = await TcpProxy.open(storage().endpoint);
    const taskQueue = `test-${randomUUID()}`;
    const worker = await spawnWorker({ TEMPORAL_TASK_QUEUE: taskQueue });
    const exported = await exportThrough(proxy);
    const id = await startWindow(project, exported.id, window, taskQueue);
    await inTheMiddle(proxy);
    expect(await project.bucket.keys(exported.destination.prefix)).toEqual([]);
    const between = async () => proxy.release();
    const run = await replaceKilled({ project, runId: id, taskQueue, worker }, between);
    expect(run.attempt).toBeGreaterThanOrEqual(2);
    await expectEveryRowOnce(id);
    proxy.cut();
  });

  it("a source that breaks off in the middle of a file", async () => {
    const [proxy, source] = await Promise.all([
      TcpProxy.open(storage().endpoint),
      TcpProxy.open(getEnv().CLICKHOUSE_URL),
    ]);
    const taskQueue = `test-${randomUUID()}`;
    const worker = await spawnWorker({ TEMPORAL_TASK_QUEUE: taskQueue, CLICKHOUSE_URL: source.endpoint });
    try {
      const exported = await exportThrough(proxy);
      const id = await startWindow(project, exported.id, window, taskQueue);
      await inTheMiddle(proxy);
      source.cut();
      proxy.release();
      const retrying = await runWhen(project, id, ({ error }) => error !== null);
      expect(retrying).toMatchObject({ state: "Running", error: { code: "source_unreachable", retryable: true } });
      expect(await project.bucket.keys(exported.destination.prefix)).toEqual([]);
      await source.restore();
      expect((await runWhen(project, id, ({ state }) => state === "Completed")).error).toBeNull();
      await expectEveryRowOnce(id);
    } finally {
      await worker.stop();
      for (const one of [proxy, source]) one.cut();
    }
  });

  it("twenty seconds without its storage in the middle of a file", async () => {
    const proxy = await TcpProxy.open(storage().endpoint);
    const exported = await exportThrough(proxy);
    const id = await startWindow(project, exported.id, window);
    await inTheMiddle(proxy);
    proxy.cut();
    const back = pause(DOWN);
    const retrying = await runWhen(project, id, ({ attempt, error }) => attempt >= 2 && error !== null, 20);
    expect(retrying).toMatchObject({ state: "Running", error: { code: "unreachable", retryable: true } });
    await back;
    expect((await runWhen(project, id, () => true)).state).toBe("Running");
    await proxy.restore();
    try {
      const run = await runWhen(project, id, ({ state }) => state === "Completed", 100);
      expect(run.error).toBeNull();
      await expectEveryRowOnce(id);
    } finally {
      proxy.cut();
    }
  });
});
