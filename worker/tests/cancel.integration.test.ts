import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cancelHistoricExport } from "@/lib/services/historic-exports/cancel";
import { createHistoricExport } from "@/lib/services/historic-exports/create";
import { getHistoricExport } from "@/lib/services/historic-exports/get";
import { cancelRun } from "@/lib/services/runs/cancel";
import { listRuns } from "@/lib/services/runs/list";
import { MIB } from "@/lib/units";
import { storage } from "@/testing/runs/bucket";
import { fillWindow } from "@/testing/runs/events";
import { connect, makeExport, pastHour, runWhen, startWindow } from "@/testing/runs/exports";
import { isLong } from "@/testing/runs/is-long";
import { openProject, type TestProject } from "@/testing/runs/project";
import { sourceOwner } from "@/testing/runs/source-owner";
import { TcpProxy } from "@/testing/runs/tcp-proxy";
import { until } from "@/testing/runs/until";

/** More than a historic export runs at once. */
const WINDOWS = 10;

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
  // More than all buffers between ClickHouse and the storage hold, so a stalled upload keeps its query running.
  for (let back = 1; back <= WINDOWS; back += 1)
    await fillWindow(project.sourceProjectId, pastHour(back), { rows: back === 1 ? 12_000 : 3000, bytes: 16_000 });
});
afterAll(() => project.close());

/** An export whose uploads stall after some parts. */
async function heldExport(prefix: string) {
  const proxy = await TcpProxy.open(storage().endpoint);
  proxy.holdAfter(20 * MIB);
  const { id: connectionId } = await connect(project, { endpoint: proxy.endpoint });
  return { proxy, exported: await makeExport(project, { connectionId, destination: { compression: "none", prefix } }) };
}

/** The ids of the queries with which ClickHouse encodes files. */
async function encodingQueries(): Promise<string[]> {
  const answer = await sourceOwner().query({
    query: `SELECT query_id FROM system.processes WHERE query LIKE '%FORMAT Template%' AND query NOT LIKE '%system.processes%'`,
    format: "JSONEachRow",
  });
  return (await answer.json<{ query_id: string }>()).map(({ query_id }) => query_id);
}

const queriesEnd = (ids: string[]) =>
  until("the queries had ended", async () => {
    const running = await encodingQueries();
    return ids.every((id) => !running.includes(id));
  });

const wholeRange = () => ({ start: pastHour(WINDOWS).start.toISOString(), end: pastHour(1).end.toISOString() });

describe("cancelling", () => {
  it("a run in the middle of a file ends its query, puts its upload away and leaves nothing", async () => {
    const { proxy, exported } = await heldExport("cancelled/");
    const id = await startWindow(project, exported.id, pastHour(1));
    await until("the upload was in its middle", async () => proxy.isFull);
    expect(await project.bucket.openUploads()).toHaveLength(1);
    const queries = await until("the source was asked for the file", async () => {
      const found = await encodingQueries();
      return found.length === 1 ? found : null;
    });
    await cancelRun(project.actor, { id });
    await queriesEnd(queries);
    proxy.release();
    const run = await runWhen(project, id, ({ state }) => state === "Cancelled");
    expect(run).toMatchObject({ error: null, finishedAt: expect.any(String) });
    await until("no upload was open", async () => (await project.bucket.openUploads()).length === 0);
    expect(await project.bucket.keys("cancelled/")).toEqual([]);
    await expect(cancelRun(project.actor, { id })).rejects.toMatchObject({ code: "run_finished" });
    proxy.cut();
  });

  it("a historic export cancels the windows under way and begins no others", async () => {
    const { proxy, exported } = await heldExport("historic-cancelled/");
    const { id } = await createHistoricExport(project.actor, { exportId: exported.id, ...wholeRange() });
    await until("uploads were in their middle", async () => proxy.isFull);
    await cancelHistoricExport(project.actor, { id });
    proxy.release();
    const ended = await until("the historic export had ended", async () => {
      const historic = await getHistoricExport(project.actor, { id });
      return ["Completed", "Failed", "Cancelled"].includes(historic.state) ? historic : null;
    });
    expect(ended).toMatchObject({ state: "Cancelled", windows: WINDOWS, windowsRunning: 0 });
    const { items } = await listRuns(project.actor, { exportId: exported.id, limit: 100 });
    expect(items.length).toBeLessThan(WINDOWS);
    expect(items.filter(({ state }) => state === "Cancelled").length).toBeGreaterThan(0);
    expect(items.every(({ state }) => state === "Cancelled" || state === "Completed")).toBe(true);
    await until("no upload was open", async () => (await project.bucket.openUploads()).length === 0);
    proxy.cut();
  });

  // Over 500 files, so the run continues in a new history; takes a minute.
  it.runIf(isLong)(
    "a historic export also cancels a window that goes on in a second history",
    async () => {
      const window = pastHour(19);
      const time = `fromUnixTimestamp64Micro(${window.start.getTime() * 1000} + number * 1000000, 'UTC')`;
      await sourceOwner().command({
        query:
          `INSERT INTO events SELECT ${project.sourceProjectId}, generateUUIDv4(), concat('event', leftPad(toString(number), 3, '0')), ` +
          `'d', generateUUIDv4(), ${time}, ${time}, ${time}, '{}', '{}', '', '' FROM numbers(600)`,
      });
      const proxy = await TcpProxy.open(storage().endpoint);
      proxy.stopAt(/event55\d/);
      const { id: connectionId } = await connect(project, { endpoint: proxy.endpoint });
      // Parquet: text would go in one group.
      const format = "parquet";
      const destination = {
        layout: "hive",
        partitionByEvent: true,
        format,
        compression: "none",
        prefix: "second/",
      } as const;
      const exported = await makeExport(project, { connectionId, destination });
      const range = { start: window.start.toISOString(), end: window.end.toISOString() };
      const { id } = await createHistoricExport(project.actor, { exportId: exported.id, ...range });
      await until("a file of the second history stood still", async () => proxy.hasStopped);
      await cancelHistoricExport(project.actor, { id });
      const ended = await until("the historic export had ended", async () => {
        const historic = await getHistoricExport(project.actor, { id });
        return historic.finishedAt === null ? null : historic;
      });
      expect(ended).toMatchObject({ state: "Cancelled", windowsRunning: 0 });
      const { items } = await listRuns(project.actor, { exportId: exported.id, limit: 10 });
      expect(items.map(({ state }) => state)).toEqual(["Cancelled"]);
      proxy.cut();
    },
    600_000,
  );
});
