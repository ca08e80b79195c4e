import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ownerOf } from "@/testing/api/actor";
import { CHANGED, SEALED } from "@/testing/database/changed-rows";
import { INSTALLATION_KEYS, type Installation, openInstallation } from "@/testing/database/installation";

const id = (kind: string, n: number) => `${kind}000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const [ORGANIZATION, PROJECT] = [id("0a", 1), id("0b", 1)];
const exportId = (n: number) => id("0e", n);
const runId = (n: number) => id("0f", n);
const at = (day: number, hour: number) => new Date(Date.UTC(2026, 10, day, hour)).toISOString();
const iso = (rows: { id: string; time: Date | null }[]) =>
  new Map(rows.map((row) => [row.id, row.time?.toISOString()]));

let installation: Installation;
let before: Awaited<ReturnType<Installation["rows"]>>;

beforeAll(async () => {
  installation = await openInstallation(process.env.DATABASE_URL ?? "");
  await installation.query(
    `INSERT INTO audit_log (organization_id, actor_kind, actor_name, action, object_type, object_id, object_name, changes)
     VALUES ('${ORGANIZATION}', 'system', 'Penstock', 'connection.create', 'connection', 'sealed', 'Sealed', '${JSON.stringify(SEALED)}')`,
  );
  before = await installation.rows();
  await installation.migrate();
});
afterAll(() => installation.close());

/** A row with only the columns that it had before. */
const only = (row: Record<string, unknown>, names: string[]) =>
  Object.fromEntries(names.map((name) => [name, row[name]]));

const byText = (rows: object[]) => rows.map((row) => JSON.stringify(row)).toSorted();

describe("an installation of before this version, migrated,", () => {
  it("has every row of every table, with what stood in it", async () => {
    const after = await installation.rows();
    for (const [table, rows] of before) {
      const expected = rows.map(CHANGED[table] ?? ((row) => row));
      const names = Object.keys(expected[0] ?? {}).toSorted();
      const [was, is] = [expected, after.get(table) ?? []].map((all) => byText(all.map((row) => only(row, names))));
      expect(is, table).toEqual(was);
    }
    expect(before.get("runs")).toHaveLength(18);
  });

  it("has the documents of every run, apart from its row", async () => {
    const documents = new Map((await installation.rows()).get("run_documents")?.map((row) => [row.run_id, row]));
    const had = before.get("runs")?.filter(({ receipt, source, spec }) => receipt ?? source ?? spec) ?? [];
    expect(had.length).toBeGreaterThan(9);
    for (const { id: run, receipt, source, spec } of had)
      expect(documents.get(run), `run ${run}`).toMatchObject({ receipt, source, spec });
    expect(documents.size).toBe(had.length);
  });

  it("keeps logs and lists of files by the month of their run, and can go on with the next line", async () => {
    for (const table of ["run_documents", "run_files", "run_logs"]) {
      const [odd] = await installation.query<{ rows: number; rest: number }>(
        `SELECT count(*) FILTER (WHERE t.month <> date_trunc('month', r.created_at AT TIME ZONE 'UTC')::date)::int AS rows,
         (SELECT count(*)::int FROM ${table}_rest) AS rest FROM ${table} t JOIN runs r ON r.id = t.run_id`,
      );
      expect(odd, table).toEqual({ rows: 0, rest: 0 });
    }
    const [next] = await installation.query<{ isNext: boolean }>(
      `SELECT nextval(pg_get_serial_sequence('run_logs', 'id')) > (SELECT max(id) FROM run_logs) AS "isNext"`,
    );
    expect(next?.isNext).toBe(true);
  });

  it("has one current receipt for each window: the one that completed last", async () => {
    const rows = await installation.query<{ id: string; by: string }>(
      "SELECT id, superseded_by AS by FROM runs WHERE superseded_by IS NOT NULL ORDER BY id",
    );
    expect(rows).toEqual([
      { id: runId(2), by: runId(3) },
      { id: runId(16), by: runId(17) },
    ]);
    const doubled = await installation.query(
      `SELECT export_id FROM runs WHERE state = 'Completed' AND superseded_by IS NULL
       GROUP BY export_id, interval_start, interval_end HAVING count(*) > 1`,
    );
    expect(doubled).toEqual([]);
  });

  it("orders the runs of a window by when they were made", async () => {
    const wrong = await installation.query(
      `SELECT a.id FROM runs a JOIN runs b ON a.export_id = b.export_id AND a.interval_start = b.interval_start
       WHERE a.created_at < b.created_at AND a.fence > b.fence`,
    );
    expect(wrong).toEqual([]);
    const [next] = await installation.query<{ isNext: boolean }>(
      `SELECT nextval(pg_get_serial_sequence('runs', 'fence')) > (SELECT max(fence) FROM runs) AS "isNext"`,
    );
    expect(next?.isNext).toBe(true);
  });

  it("knows which objects may lie at a destination, and that nothing of committed runs is to be cleaned", async () => {
    const [files] = await installation.query<Record<string, number>>(
      `SELECT count(*) FILTER (WHERE state = 'Pending' AND sent_at IS NOT NULL)::int AS pending,
       count(*) FILTER (WHERE state <> 'Pending' AND sent_at IS DISTINCT FROM started_at)::int AS others,
       count(*) FILTER (WHERE revision <> 1)::int AS revised FROM run_files`,
    );
    expect(files).toEqual({ pending: 0, others: 0, revised: 0 });
    const [runs] = await installation.query<Record<string, number>>(
      `SELECT count(*) FILTER (WHERE state = 'Completed' AND cleaned_at IS DISTINCT FROM finished_at)::int AS dirty,
       count(*) FILTER (WHERE state <> 'Completed' AND cleaned_at IS NOT NULL)::int AS clean,
       count(*) FILTER (WHERE address IS NOT NULL OR pinned IS NOT NULL)::int AS pinned FROM runs`,
    );
    expect(runs).toEqual({ dirty: 0, clean: 0, pinned: 0 });
  });

  it("keeps the columns and types of every export's files", async () => {
    const found = await installation.query("SELECT DISTINCT file_schema FROM exports");
    expect(found).toEqual([{ file_schema: 1 }]);
  });

  it("owes no window that was started or that nobody waited for", async () => {
    const rows = await installation.query<{ id: string; time: Date }>("SELECT id, due_from AS time FROM exports");
    const due = iso(rows);
    expect(due.get(exportId(1))).toBe(at(28, 13));
    expect(due.get(exportId(2))).toBe(at(26, 8));
    expect(due.get(exportId(6))).toBe(at(27, 0));
    expect(due.get(exportId(7))).toBe(at(22, 0));
    const pending = await installation.query("SELECT id FROM exports WHERE schedule_applied < schedule_version");
    expect(pending).toEqual([]);
  });

  it("has counted the runs that have ended, mails and deliveries", async () => {
    const ledger = await installation.query(
      `SELECT state, count(*) AS runs, sum(attempt) AS attempts, coalesce(sum(rows), 0) AS rows, coalesce(sum(bytes), 0) AS bytes,
       coalesce(sum(extract(epoch FROM finished_at - started_at)), 0) AS seconds FROM runs
       WHERE state IN ('Completed', 'Failed', 'Cancelled') GROUP BY state ORDER BY state`,
    );
    const counted = await installation.query(
      `SELECT state, sum(runs) AS runs, sum(attempts) AS attempts, sum(rows) AS rows, sum(bytes) AS bytes, sum(seconds) AS seconds
       FROM run_counters GROUP BY state ORDER BY state`,
    );
    expect(ledger.length).toBeGreaterThan(1);
    expect(counted).toEqual(ledger);
    const outbox = await installation.query("SELECT kind, state, items FROM outbox_counters ORDER BY kind, state");
    const sent = await installation.query(
      `SELECT 'deliveries' AS kind, state, count(*) AS items FROM deliveries GROUP BY state
       UNION ALL SELECT 'mails', state, count(*) FROM mails GROUP BY state ORDER BY kind, state`,
    );
    expect(outbox).toEqual(sent);
  });

  it("knows what rests: paused exports, and connections that are off or not verified", async () => {
    const rests = await installation.query<{ id: string; ended: Date | null }>(
      "SELECT export_id AS id, ended_at AS ended FROM rests",
    );
    expect(rests.map((rest) => rest.id).toSorted()).toEqual([2, 3, 7, 8].map(exportId));
    expect(rests.every(({ ended }) => ended === null)).toBe(true);
  });
});

describe("the services on a migrated installation", () => {
  const actor = ownerOf(ORGANIZATION, [PROJECT]);
  const page = { projectId: PROJECT, limit: 50 };

  beforeAll(() => {
    // Read once per process on first use: from then on, every service uses this database.
    vi.stubEnv("DATABASE_URL", installation.url);
    vi.stubEnv("ENCRYPTION_KEYS", INSTALLATION_KEYS);
  });
  afterAll(async () => {
    await (await import("./client")).closeDb();
    vi.unstubAllEnvs();
  });

  it("list what there was", async () => {
    const { listExports } = await import("../services/exports/list");
    const { listConnections } = await import("../services/connections/list");
    const { listActivity } = await import("../services/activity/list");
    const { listHistoricExports } = await import("../services/historic-exports/list");
    expect((await listExports(actor, page)).items.map((item) => item.id).toSorted()).toEqual(
      [1, 2, 3, 5, 6, 7, 8].map(exportId),
    );
    expect((await listConnections(actor, page)).items).toHaveLength(5);
    expect((await listActivity(actor, page)).items).toHaveLength(18);
    const { items } = await listHistoricExports(actor, { exportId: exportId(1), limit: 50 });
    expect(items).toMatchObject([{ state: "Running", windows: 6, windowsCompleted: 1 }]);
  });

  it("compute coverage, the newest receipt of a window in it", async () => {
    const { getCoverage } = await import("../services/coverage/get");
    const range = { from: at(28, 6), to: at(28, 13) };
    const found = await getCoverage(actor, { exportId: exportId(1), ...range });
    expect(found.map(({ state }) => state)).toEqual([
      "committed",
      "committed",
      "failed",
      "committed",
      "cancelled",
      "running",
      "running",
    ]);
    expect(found[1]).toMatchObject({ runId: runId(3), rows: 120 });
  });

  it("answer with every receipt", async () => {
    const { getReceipt } = await import("../services/runs/get-receipt");
    for (const n of [1, 2, 3, 6, 11, 14, 15, 16, 17])
      expect(await getReceipt(actor, { id: runId(n) }), `run ${n}`).toMatchObject({ runId: runId(n), version: 1 });
  });

  it("open every secret", async () => {
    const { openSecret } = await import("../crypto/secrets");
    const rows = await installation.query<{ id: string; secrets: string }>(
      "SELECT id, secrets FROM connections WHERE secrets <> ''",
    );
    expect(rows).toHaveLength(4);
    for (const row of rows) expect(openSecret<object>(row.secrets, `connections:${row.id}`)).toBeTypeOf("object");
  });

  it("bind every secret to where it is sent once a worker starts", async () => {
    const { getDb } = await import("./client");
    const { bindSecrets } = await import("../services/keys/bind-secrets");
    const { connectionAad } = await import("../services/connections/secrets");
    const { openSecret } = await import("../crypto/secrets");
    type Row = Parameters<typeof connectionAad>[0] & { secrets: string };
    const open = (row: Row) => openSecret<object>(row.secrets, connectionAad(row));
    const stored = () =>
      installation.query<Row>("SELECT id, type, config, secrets FROM connections WHERE secrets <> '' ORDER BY id");
    const opened = (await stored()).map(open);
    await bindSecrets(getDb());
    const bound = await stored();
    expect(bound.map(({ secrets }) => secrets.slice(0, 3))).toEqual(bound.map(() => "v2."));
    expect(bound.map(open)).toEqual(opened);
    const elsewhere = { endpoint: "https://elsewhere.example", host: "elsewhere.example", account: "elsewhere" };
    for (const row of bound) {
      const moved = { ...elsewhere, accessUrl: null, apiEndpoint: "https://elsewhere.example" };
      expect(() => open({ ...row, config: { ...row.config, ...moved } })).toThrow();
    }
  });
});
