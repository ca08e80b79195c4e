import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MIB } from "@/lib/units";
import { databaseUrl, postgresHarness } from "@/testing/runs/destinations/postgres";
import { makeExportTo } from "@/testing/runs/destinations/steps";
import { fillWindow, sourceUuids } from "@/testing/runs/events";
import { pastHour, startWindow } from "@/testing/runs/exports";
import { replaceKilled } from "@/testing/runs/killed";
import { openProject, type TestProject } from "@/testing/runs/project";
import { TcpProxy } from "@/testing/runs/tcp-proxy";
import { until } from "@/testing/runs/until";
import { spawnWorker } from "@/testing/stack/spawn-worker";

const ROWS = { rows: 6000, bytes: 4000 };
const window = pastHour(1);

let project: TestProject;
beforeAll(async () => {
  await postgresHarness.open();
  project = await openProject();
  await fillWindow(project.sourceProjectId, window, ROWS);
});
afterAll(async () => {
  await project.close();
  await postgresHarness.close();
});

/** Kills a run's worker once `when` resolves, starts another, and waits until the run is complete. */
async function killed(exportId: string, when: () => Promise<void>, before: () => Promise<void>): Promise<string> {
  const taskQueue = `test-${randomUUID()}`;
  const worker = await spawnWorker({ TEMPORAL_TASK_QUEUE: taskQueue });
  const id = await startWindow(project, exportId, window, taskQueue);
  await when();
  await replaceKilled({ project, runId: id, taskQueue, worker }, before);
  return id;
}

async function expectEveryRowOnce(table: string): Promise<void> {
  const rows = await postgresHarness.rows(table);
  expect(rows.map(({ uuid }) => uuid).toSorted()).toEqual((await sourceUuids(project.sourceProjectId)).toSorted());
}

describe.concurrent("a worker that is killed (SIGKILL) leaves the table as it was, and the run is completed by another", () => {
  it("in the middle of a COPY", async () => {
    const { hostname, port } = databaseUrl();
    const proxy = await TcpProxy.open(`http://${hostname}:${port}`);
    proxy.holdAfter(4 * MIB);
    const table = "killed_in_copy";
    const config = { host: "127.0.0.1", port: Number(new URL(proxy.endpoint).port) };
    const { id } = await makeExportTo(project, postgresHarness, { table, config });
    const middle = () => until("the copy was in its middle", async () => proxy.isFull || null).then(() => undefined);
    await killed(id, middle, async () => {
      expect(await postgresHarness.rows(table)).toEqual([]);
      proxy.release();
    });
    await expectEveryRowOnce(table);
    proxy.cut();
  });

  it("in the middle of the commit", async () => {
    const table = "killed_in_commit";
    await postgresHarness.sql(postgresHarness.createOld(table));
    const { id } = await makeExportTo(project, postgresHarness, { table });
    const holder = new Client({ connectionString: databaseUrl().href });
    await holder.connect();
    await holder.query(`BEGIN; LOCK TABLE "${table}" IN EXCLUSIVE MODE`);
    const waits = async () =>
      (await holder.query("SELECT 1 FROM pg_locks WHERE NOT granted AND relation = $1::regclass", [table])).rowCount ||
      null;
    await killed(
      id,
      () => until("the commit waited for the table", waits).then(() => undefined),
      async () => {
        await holder.query("COMMIT");
        await holder.end();
      },
    );
    await expectEveryRowOnce(table);
  });
});
