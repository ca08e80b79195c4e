import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMITS } from "@/lib/destinations/warehouse/fence";
import { listRunLogs } from "@/lib/services/runs/list-logs";
import { micros } from "@/lib/source/time";
import { MIB } from "@/lib/units";
import { postgresHarness } from "@/testing/runs/destinations/postgres";
import { makeExportTo } from "@/testing/runs/destinations/steps";
import { fillWindow, sourceUuids } from "@/testing/runs/events";
import { completeWindow, pastHour, runWhen, startWindow } from "@/testing/runs/exports";
import { OwnPostgres } from "@/testing/runs/own-postgres";
import { insertPersons, personRow } from "@/testing/runs/persons";
import { openProject, type TestProject } from "@/testing/runs/project";
import { TcpProxy } from "@/testing/runs/tcp-proxy";
import { until } from "@/testing/runs/until";

const window = pastHour(1);
const PERSONS = 300;

let project: TestProject;
let server: OwnPostgres;
beforeAll(async () => {
  server = await OwnPostgres.start();
  project = await openProject();
  await fillWindow(project.sourceProjectId, window, { rows: 6000, bytes: 4000 });
  const person = (n: number) =>
    personRow(randomUUID(), 1, micros(window.start) + n, { distinct_ids: [Buffer.from(`${n}`)] });
  await insertPersons(
    project.sourceProjectId,
    Array.from({ length: PERSONS }, (_, n) => person(n)),
  );
});
afterAll(async () => {
  await project.close();
  await server.remove();
});

const isComplete = ({ state }: { state: string }) => state === "Completed";

describe("a PostgreSQL server that is killed (SIGKILL)", () => {
  it("in the middle of a COPY starts again at once, and the run completes with every row", async () => {
    const proxy = await TcpProxy.open(server.address);
    proxy.holdAfter(4 * MIB);
    const config = { ...server.config, port: Number(new URL(proxy.endpoint).port) };
    const exported = await makeExportTo(project, postgresHarness, { table: "in_copy", config });
    const id = await startWindow(project, exported.id, window);
    await until("the copy was in its middle", async () => proxy.isFull);
    await server.kill();
    await server.restart();
    proxy.release();
    await runWhen(project, id, isComplete, 100);
    const rows = await server.ask<{ uuid: string }>("SELECT uuid FROM in_copy");
    expect(rows.map(({ uuid }) => uuid).toSorted()).toEqual((await sourceUuids(project.sourceProjectId)).toSorted());
    proxy.cut();
  });

  it.each([
    ["events", 6000],
    ["persons", PERSONS],
  ] as const)("between staging and commit has the run export its %s again, and lose none", async (model, wanted) => {
    const table = `before_commit_${model}`;
    const exported = await makeExportTo(project, postgresHarness, { model, table, config: server.config });
    await completeWindow(project, exported.id, pastHour(3));
    const holder = await server.connect();
    await holder.query(`BEGIN; LOCK TABLE ${COMMITS} IN EXCLUSIVE MODE`);
    const id = await startWindow(project, exported.id, window);
    const waiting = `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = '${COMMITS}'::regclass`;
    await until("the commit waited for its turn", async () => (await server.ask(waiting)).length > 0);
    expect(await server.ask(`SELECT 1 FROM ${table} LIMIT 1`)).toEqual([]);
    await server.kill();
    await server.restart();
    const run = await runWhen(project, id, isComplete, 100);
    expect(run).toMatchObject({ rows: wanted, error: null });
    expect(await server.ask(`SELECT count(*)::int AS rows FROM ${table} WHERE _run_id = '${id}'`)).toEqual([
      { rows: wanted },
    ]);
    const { items } = await listRunLogs(project.actor, { id, limit: 100 });
    expect(items.map(({ message }) => message)).toContainEqual(expect.stringContaining("exported again"));
  });
});
