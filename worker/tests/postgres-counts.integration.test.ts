import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import type { Export } from "@/lib/schemas/export";
import { patchConnection } from "@/lib/services/connections/patch";
import { micros } from "@/lib/source/time";
import { deps } from "@/testing/runs/deps";
import { databaseUrl, postgresHarness } from "@/testing/runs/destinations/postgres";
import { makeExportTo, runWindow } from "@/testing/runs/destinations/steps";
import { eventRow, insertEvents } from "@/testing/runs/events";
import { pastHour } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { until } from "@/testing/runs/until";
import { auditRuns } from "@/worker/steps/checks/audit-runs";
import { loadRun } from "@/worker/steps/load";
import { asPinned } from "@/worker/steps/pinned";

const window = pastHour(1);

let project: TestProject;
let watcher: Client;
beforeAll(async () => {
  await postgresHarness.open();
  project = await openProject();
  await insertEvents(
    project.sourceProjectId,
    [1, 2, 3].map((n) => eventRow(micros(window.start) + n)),
  );
  watcher = connectAdmin();
  await watcher.connect();
});
afterAll(async () => {
  await watcher.end();
  await project.close();
  await postgresHarness.close();
});

const connectAdmin = () => new Client({ connectionString: databaseUrl().href });
const user = () => postgresHarness.config().username as string;

async function committed(table: string): Promise<{ exported: Export; runId: string }> {
  const exported = await makeExportTo(project, postgresHarness, { table });
  return { exported, runId: (await runWindow(project, exported, window)).id };
}

const audit = (exported: Export, runId: string, signal = AbortSignal.timeout(60_000)) =>
  auditRuns(deps(), exported.id, [runId], { isDeep: false, signal });

/** Statements of the user that have waited for a lock for some ms. */
async function waiting(ms: number): Promise<number> {
  const { rows } = await watcher.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE usename = $1 AND wait_event_type = 'Lock'
      AND clock_timestamp() - query_start > $2 * interval '1 millisecond'`,
    [user(), ms],
  );
  return rows[0]?.n ?? 0;
}

/** Holds a table so that no other session can read it, until the result is called. */
async function hold(table: string): Promise<() => Promise<void>> {
  const holder = connectAdmin();
  await holder.connect();
  await holder.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  return () => holder.end();
}

describe("a count of a table", () => {
  it("may take longer than the role's own limit of a statement", async () => {
    const { exported, runId } = await committed("slow_count");
    const release = await hold("slow_count");
    // Supabase sets 2 minutes for its roles.
    await postgresHarness.sql(`ALTER ROLE ${user()} SET statement_timeout = '200ms'`);
    const audited = audit(exported, runId);
    await until("the count had waited for longer than that", async () => (await waiting(500)) > 0);
    await release();
    expect(await audited).toMatchObject([{ outcome: "intact", found: { rows: 3 } }]);
    await postgresHarness.sql(`ALTER ROLE ${user()} RESET statement_timeout`);
  });

  it("ends at the server when its step is canceled", async () => {
    const { exported, runId } = await committed("canceled_count");
    const release = await hold("canceled_count");
    const step = new AbortController();
    const reason = new Error("canceled");
    const audited = audit(exported, runId, step.signal).catch((error) => error);
    await until("the count waited", async () => (await waiting(0)) > 0);
    step.abort(reason);
    expect(await audited).toBe(reason);
    await until("no count was left", async () => (await waiting(0)) === 0);
    await release();
    expect(await audit(exported, runId)).toMatchObject([{ outcome: "intact" }]);
  });

  it("can't write, whatever a view in the table's place does", async () => {
    const { exported, runId } = await committed("writing");
    await postgresHarness.sql(`CREATE TABLE log (at timestamptz); GRANT INSERT ON log TO ${user()};
      CREATE FUNCTION noted() RETURNS boolean VOLATILE LANGUAGE sql AS 'INSERT INTO log VALUES (now()) RETURNING true';
      ALTER TABLE writing RENAME TO written; CREATE VIEW writing AS SELECT * FROM written WHERE noted();
      GRANT SELECT ON writing TO ${user()}`);
    expect(await audit(exported, runId)).toMatchObject([
      { outcome: "unknown", reason: expect.stringContaining("25006") },
    ]);
  });
});

it("looks where a run wrote, trusts what its connection trusts now, and heeds no run that wrote elsewhere", async () => {
  const exported = await makeExportTo(project, postgresHarness, { table: "moved", config: { tlsCa: "old" } });
  const { id: runId } = await runWindow(project, exported, window);
  const pinned = (await loadRun(getDb(), runId)).run.pinned?.config;
  expect(pinned).toMatchObject({ tlsCa: null, tlsCaSha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  await postgresHarness.sql(`CREATE SCHEMA elsewhere; GRANT USAGE, CREATE ON SCHEMA elsewhere TO ${user()}`);
  await patchConnection(project.actor, { id: exported.connectionId, config: { schema: "elsewhere", tlsCa: "new" } });
  const { connection } = await asPinned(getDb(), await loadRun(getDb(), runId));
  expect(connection.config).toMatchObject({ schema: "public", tlsCa: "new" });
  await runWindow(project, exported, { start: window.start, end: pastHour(0).end });
  expect(await audit(exported, runId)).toMatchObject([{ outcome: "intact" }]);
  await postgresHarness.sql("DELETE FROM public.moved");
  expect(await audit(exported, runId)).toMatchObject([{ outcome: "missing", found: { rows: 0 } }]);
});
