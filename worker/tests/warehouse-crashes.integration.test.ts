import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyConnection } from "@/lib/destinations/registry";
import { COMMITS } from "@/lib/destinations/warehouse/fence";
import { splitConfig } from "@/lib/services/connections/split";
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
import { everyNth } from "@/testing/runs/sample";
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

/** What a run's log says. */
async function messagesOf(id: string): Promise<string[]> {
  const { items } = await listRunLogs(project.actor, { id, limit: 100 });
  return items.map(({ message }) => message);
}

/** Runs a window up to its commit, which waits; then `lose` takes the staged rows. The run must complete with all. */
async function losesStages(
  { model = "events", table, config }: { model?: "events" | "persons"; table: string; config: object },
  rows: number,
  lose: () => Promise<OwnPostgres>,
): Promise<void> {
  const exported = await makeExportTo(project, postgresHarness, { model, table, config });
  await completeWindow(project, exported.id, pastHour(3));
  const holder = await server.connect();
  await holder.query(`BEGIN; LOCK TABLE ${COMMITS} IN EXCLUSIVE MODE`);
  const id = await startWindow(project, exported.id, window);
  const waiting = `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = '${COMMITS}'::regclass`;
  await until("the commit waited for its turn", async () => (await server.ask(waiting)).length > 0);
  expect(await server.ask(`SELECT 1 FROM ${table} LIMIT 1`)).toEqual([]);
  const now = await lose();
  const run = await runWhen(project, id, isComplete, 100);
  expect(run).toMatchObject({ rows, error: null });
  expect(await now.ask(`SELECT count(*)::int AS rows FROM ${table} WHERE _run_id = '${id}'`)).toEqual([{ rows }]);
  expect(await messagesOf(id)).toContainEqual(expect.stringContaining("exported again"));
}

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

  const models = [
    ["events", 6000],
    ["persons", PERSONS],
  ] as const;
  it.each(everyNth(models, 2))(
    "between staging and commit has the run export its %s again, and lose none",
    async (model, wanted) => {
      await losesStages({ model, table: `before_commit_${model}`, config: server.config }, wanted, async () => {
        await server.kill();
        await server.restart();
        return server;
      });
    },
  );
});

// A compute of Neon that scales to zero starts again with unlogged tables as after crash recovery, empty:
// https://github.com/neondatabase/neon/pull/3706 (the init fork is sent as the main fork).
it("a PostgreSQL server that loses what is unlogged as it restarts has the run export it again", async () => {
  await losesStages({ table: "at_once", config: server.config }, 6000, async () => {
    await server.stopAtOnce();
    await server.restart();
    return server;
  });
});

describe("a failover to a standby", () => {
  let standby: OwnPostgres;
  let proxy: TcpProxy;
  beforeAll(async () => {
    standby = await server.standby();
    proxy = await TcpProxy.open(server.address);
  });
  afterAll(async () => {
    proxy.cut();
    await standby.remove();
  });
  const config = () => ({ ...server.config, port: Number(new URL(proxy.endpoint).port) });

  // Appendix A of PostgreSQL's documentation: 25006 is read_only_sql_transaction.
  it("has the run tried again while the address leads to a server that only reads, which also verifying says", async () => {
    const exported = await makeExportTo(project, postgresHarness, { table: "read_only", config: config() });
    await completeWindow(project, exported.id, pastHour(3));
    proxy.leadTo(standby.address);
    const result = await verifyConnection(
      { type: "postgres", ...splitConfig("postgres", config()), externalId: "" },
      [],
    );
    expect(result.steps.filter(({ status }) => status === "failed")).toMatchObject([
      {
        name: "Writes",
        message: expect.stringContaining("is a read replica"),
        fix: expect.stringContaining("primary"),
      },
    ]);
    const id = await startWindow(project, exported.id, window);
    await until("a try was refused", async () => (await messagesOf(id)).some((message) => message.includes("(25006)")));
    proxy.leadTo(server.address);
    expect(await runWhen(project, id, isComplete, 100)).toMatchObject({ rows: 6000, error: null });
  });

  // "Unlogged" in PostgreSQL's documentation of CREATE TABLE: their contents are not replicated to standby servers.
  it("between staging and commit has the run export again what the standby lacks", async () => {
    await losesStages({ table: "failed_over", config: config() }, 6000, async () => {
      await server.kill();
      proxy.cut();
      proxy.leadTo(standby.address);
      await standby.ask("SELECT pg_promote()");
      await proxy.restore();
      return standby;
    });
  });
});
