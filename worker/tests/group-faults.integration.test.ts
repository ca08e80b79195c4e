import { randomUUID } from "node:crypto";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { and, asc, eq, ne } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { runFiles } from "@/lib/db/schema";
import { getEnv } from "@/lib/env";
import { cancelRun } from "@/lib/services/runs/cancel";
import { getReceipt } from "@/lib/services/runs/get-receipt";
import { micros } from "@/lib/source/time";
import { storage } from "@/testing/runs/bucket";
import { deps } from "@/testing/runs/deps";
import { commit, makeRun, plan, takeSteps } from "@/testing/runs/destinations/steps";
import { specify } from "@/testing/runs/destinations/suite";
import { type EventRow, eventRow, insertEvents } from "@/testing/runs/events";
import { connect, makeExport, pastHour, runWhen, startWindow } from "@/testing/runs/exports";
import { isLong } from "@/testing/runs/is-long";
import { replaceKilled } from "@/testing/runs/killed";
import { openProject, type TestProject } from "@/testing/runs/project";
import { TcpProxy } from "@/testing/runs/tcp-proxy";
import { until } from "@/testing/runs/until";
import { spawnWorker } from "@/testing/stack/spawn-worker";
import { exportGroup } from "@/worker/steps/files/export-group";

const NAMES = 120;
const window = pastHour(1);
const HIVE = { layout: "hive", partitionByEvent: true, compression: "none" } as const;

const named = (n: number) => `name-${String(n).padStart(3, "0")}`;

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
  await insertEvents(project.sourceProjectId, rowsOf(1));
});
afterAll(() => project.close());

/** Two rows per event. */
function rowsOf(back: number, change: (n: number) => Partial<EventRow> = () => ({})): EventRow[] {
  const start = micros(pastHour(back).start);
  return Array.from({ length: NAMES * 2 }, (_, n) =>
    eventRow(start + n, { event: Buffer.from(named(n % NAMES)), ...change(n) }),
  );
}

const filesOf = (runId: string) =>
  getDb().select().from(runFiles).where(eq(runFiles.runId, runId)).orderBy(asc(runFiles.index));

const countOpen = (runId: string) =>
  getDb().$count(runFiles, and(eq(runFiles.runId, runId), ne(runFiles.state, "Completed")));

/** An export through a proxy at which one event's file stalls for good. */
async function heldExport(event: string) {
  const proxy = await TcpProxy.open(storage().endpoint);
  proxy.stopAt(new RegExp(event));
  const { id: connectionId } = await connect(project, { endpoint: proxy.endpoint });
  return { proxy, exported: await makeExport(project, { connectionId, destination: HIVE }) };
}

/** Every row of the window is in its event's file, and nowhere else. */
async function expectRowsInPlace(runId: string, rows: number) {
  const receipt = await getReceipt(project.actor, { id: runId });
  expect(receipt.rows).toBe(rows);
  for (const { key } of receipt.files) {
    const names = (await project.bucket.lines(key)).map(
      (line) => (JSON.parse(line) as { event_name: string }).event_name,
    );
    expect(names.every((name) => key.includes(`event=${name}/`))).toBe(true);
  }
}

describe("a group lives through", () => {
  const later = isLong ? null : "npm run test:long tries it, other tests here kill the worker of a single file";
  specify("the death of its worker, and what was done stays done", later, async () => {
    const { proxy, exported } = await heldExport(named(77));
    const taskQueue = `test-${randomUUID()}`;
    const worker = await spawnWorker({ TEMPORAL_TASK_QUEUE: taskQueue });
    const id = await startWindow(project, exported.id, window, taskQueue);
    await until("all files but one were done", async () => proxy.hasStopped && (await countOpen(id)) === 1);
    const between = async () => {
      proxy.cut();
      proxy.stopAt(/no such name/);
      await proxy.restore();
    };
    const run = await replaceKilled({ project, runId: id, taskQueue, worker }, between);
    expect(run).toMatchObject({ files: NAMES, attempt: 2 });
    const files = await filesOf(id);
    expect(files.filter(({ attempt }) => attempt > 1).map(({ key }) => /name-\d+/.exec(key)?.[0])).toEqual([named(77)]);
    await expectRowsInPlace(id, NAMES * 2);
    proxy.cut();
  });

  it("a file that can't be stored: the others are, and only that one is tried again", async () => {
    const exported = await makeExport(project, { destination: HIVE });
    const runId = await makeRun(project, exported, window);
    const { planVersion, files: to } = await plan(runId);
    const ref = { runId, planVersion, from: 0, to };
    const { key } = (await filesOf(runId))[5]!;
    const { name: Bucket, client } = project.bucket;
    await client.send(new PutObjectCommand({ Bucket, Key: key, Body: "another's" }));
    const { signal } = new AbortController();
    await expect(exportGroup(deps(), ref, { attempt: 1, signal })).rejects.toMatchObject({
      index: 5,
      failure: { code: "key_taken", retryable: true },
    });
    expect((await filesOf(runId)).filter(({ state }) => state !== "Completed").map(({ index }) => index)).toEqual([5]);
    await exportGroup(deps(), ref, { attempt: 2, signal });
    await commit(runId);
    const files = await filesOf(runId);
    expect(files.filter(({ attempt }) => attempt > 1)).toMatchObject([{ index: 5, renamedFrom: key }]);
    expect((await project.bucket.bytes(key)).toString()).toBe("another's");
    await expectRowsInPlace(runId, NAMES * 2);
  });

  it("a storage that is away: it ends after few of its files, and goes on when the storage is back", async () => {
    const proxy = await TcpProxy.open(storage().endpoint);
    const { id: connectionId } = await connect(project, { endpoint: proxy.endpoint });
    const exported = await makeExport(project, { connectionId, destination: HIVE });
    proxy.cut();
    const id = await startWindow(project, exported.id, window);
    await runWhen(project, id, ({ error }) => error?.code === "unreachable");
    await proxy.restore();
    const run = await runWhen(project, id, ({ state }) => state === "Completed", 100);
    expect(run).toMatchObject({ files: NAMES, error: null });
    await expectRowsInPlace(id, NAMES * 2);
    proxy.cut();
  });

  it("a source that breaks off in the middle", async () => {
    const source = await TcpProxy.open(getEnv().CLICKHOUSE_URL);
    const { proxy, exported } = await heldExport(named(50));
    const taskQueue = `test-${randomUUID()}`;
    const worker = await spawnWorker({ TEMPORAL_TASK_QUEUE: taskQueue, CLICKHOUSE_URL: source.endpoint });
    try {
      const id = await startWindow(project, exported.id, window, taskQueue);
      await until("a file stood still", async () => proxy.hasStopped);
      for (const one of [source, proxy]) one.cut();
      proxy.stopAt(/no such name/);
      await runWhen(project, id, ({ error }) => error !== null);
      for (const one of [source, proxy]) await one.restore();
      expect((await runWhen(project, id, ({ state }) => state === "Completed", 100)).error).toBeNull();
      await expectRowsInPlace(id, NAMES * 2);
    } finally {
      await worker.stop();
      for (const one of [source, proxy]) one.cut();
    }
  });
});

describe("values of a group that don't arrive as they are", () => {
  it("are counted as in files of their own, and only their files are sent alone", async () => {
    // 3 is not text; 8 fails the plain query but arrives intact.
    const properties: Record<number, Buffer> = {
      3: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
      8: Buffer.from('{"n":1e999}'),
    };
    await insertEvents(
      project.sourceProjectId,
      rowsOf(3, (n) => ({ ...(properties[n] && { properties: properties[n] }) })),
    );
    const [together, alone] = [
      await makeExport(project, { destination: HIVE }),
      await makeExport(project, { destination: HIVE }),
    ];
    const run = await runWhen(
      project,
      await startWindow(project, together.id, pastHour(3)),
      ({ state }) => state === "Completed",
    );
    const single = await makeRun(project, alone, pastHour(3));
    await takeSteps(single);
    const [found, expected] = await Promise.all(
      [run.id, single].map(async (id) => await getReceipt(project.actor, { id })),
    );
    expect(found?.replaced).toBe(1);
    expect(found?.replacements).toEqual(expected?.replacements);
    expect(found?.files.map(({ sha256 }) => sha256)).toEqual(expected?.files.map(({ sha256 }) => sha256));
    const counted = (await filesOf(run.id)).filter(({ replaced }) => replaced?.exact === undefined);
    expect(counted.map(({ key }) => /name-\d+/.exec(key)?.[0])).toEqual([named(3)]);
  });
});

describe("cancelling", () => {
  it("a run in the middle of a group stores nothing more", async () => {
    const { proxy, exported } = await heldExport(named(60));
    const id = await startWindow(project, exported.id, window);
    await until("a file stood still", async () => proxy.hasStopped);
    await cancelRun(project.actor, { id });
    await runWhen(project, id, ({ state }) => state === "Cancelled");
    const keys = await project.bucket.keys(exported.destination.prefix);
    expect(keys.some((key) => key.includes(named(60)))).toBe(false);
    const done = (await filesOf(id)).filter(({ state }) => state === "Completed").map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining(done));
    proxy.cut();
  });
});
