import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { runFiles } from "@/lib/db/schema";
import { getRun } from "@/lib/services/runs/get";
import { MIB } from "@/lib/units";
import { storage } from "@/testing/runs/bucket";
import { fillWindow } from "@/testing/runs/events";
import { connect, makeExport, pastHour, runWhen, startWindow } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { TcpProxy } from "@/testing/runs/tcp-proxy";
import { until } from "@/testing/runs/until";
import { spawnWorker } from "@/testing/stack/spawn-worker";

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
  for (const back of [1, 2])
    await fillWindow(project.sourceProjectId, pastHour(back), { rows: back === 1 ? 4000 : 10, bytes: 16_000 });
});
afterAll(() => project.close());

const fileOf = async (runId: string) => {
  const [file] = await getDb()
    .select()
    .from(runFiles)
    .where(and(eq(runFiles.runId, runId), eq(runFiles.index, 0)));
  return file!;
};

describe("a worker that is shut down", () => {
  it("ends the file that it writes, and takes nothing new", async () => {
    const proxy = await TcpProxy.open(storage().endpoint);
    proxy.holdAfter(20 * MIB);
    const { id: connectionId } = await connect(project, { endpoint: proxy.endpoint });
    const exported = await makeExport(project, { connectionId, destination: { compression: "none" } });
    const taskQueue = `test-${randomUUID()}`;
    const env = { TEMPORAL_TASK_QUEUE: taskQueue, WORKER_SHUTDOWN_GRACE_SECONDS: "60" };
    const worker = await spawnWorker(env);
    const id = await startWindow(project, exported.id, pastHour(1), taskQueue);
    await until("the file was in its middle", async () => proxy.isFull);
    const stopped = worker.stop();
    // Its polls end first.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const other = await startWindow(project, exported.id, pastHour(2), taskQueue);
    await new Promise((resolve) => setTimeout(resolve, 5000));
    expect(await getRun(project.actor, { id: other })).toMatchObject({ state: "Starting" });
    proxy.release();
    await stopped;
    await expect(worker.exited).resolves.toEqual({ code: 0, signal: null });
    expect(await fileOf(id)).toMatchObject({ state: "Completed", attempt: 1 });
    expect(await getRun(project.actor, { id })).toMatchObject({ state: "Running", attempt: 1 });
    const next = await spawnWorker(env);
    try {
      for (const run of [id, other])
        expect(await runWhen(project, run, ({ state }) => state === "Completed")).toMatchObject({ attempt: 1 });
    } finally {
      await next.stop();
      proxy.cut();
    }
  });
});
