import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { monthOf } from "@/lib/db/month";
import { apiKeys, runFiles, runs } from "@/lib/db/schema";
import * as operations from "@/lib/openapi/operations";
import { HOUR } from "@/lib/units";
import { call } from "@/testing/api/call";
import { EventStream } from "@/testing/api/event-stream";
import { makeConnection, makeExport, makeHistoric, makeRun } from "@/testing/api/make";
import { testStack } from "@/testing/api/stack";
import { makeKey, makeTenant, type Tenant } from "@/testing/api/tenant";
import { spawnWeb } from "@/testing/stack/spawn-web";

let tenant: Tenant;
let connectionId: string;
beforeAll(async () => {
  tenant = await makeTenant();
  connectionId = (await makeConnection(tenant)).id;
});

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));
const window = (hour: number) => ({ intervalStart: at(hour), intervalEnd: at(hour + 1) });
const newExport = async () => (await makeExport(tenant, connectionId)).id;
const pathOf = (exportId: string) => `/api/exports/${exportId}/progress/stream`;
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const open = (exportId: string, key = tenant.key, web = testStack().web) =>
  EventStream.open(`${web}${pathOf(exportId)}`, bearer(key));

/** A run in the ledger that no worker knows, so that it stays as it is. */
async function makeActive(exportId: string): Promise<string> {
  const startedAt = new Date(Date.now() - 10_000);
  const id = await makeRun(tenant, exportId, { ...window(1), state: "Running", startedAt, planVersion: 1, files: 3 });
  const [run] = await getDb().select().from(runs).where(eq(runs.id, id));
  const { organizationId, projectId } = tenant;
  const file = {
    ...{ runId: id, organizationId, projectId, month: monthOf(run!), planVersion: 1, attempt: 1, startedAt },
    ...{ bounds: { from: null, to: null }, expectedRows: 1000, expectedFingerprint: "0" },
  };
  await getDb()
    .insert(runFiles)
    .values([
      { ...file, index: 0, key: "0", state: "Completed", rows: 1000, bytes: 20_000 },
      { ...file, index: 1, key: "1", state: "Running", passedRows: 500, passedBytes: 10_000, passedAt: new Date() },
      { ...file, index: 2, key: "2", state: "Pending", startedAt: null, attempt: 0 },
    ]);
  return id;
}

describe("the progress of an export", () => {
  it("is nothing while nothing runs, and its stream ends with that", async () => {
    const id = await newExport();
    const { body } = await call(operations.getProgress, { key: tenant.key, params: { id } });
    expect(body).toMatchObject({ activeRuns: 0, runs: [], historicExports: [] });
    const stream = await open(id);
    expect(await stream.ended).toEqual({ reason: "idle" });
    expect(stream.text).toMatch(/^retry: 5000\n\nevent: progress\n/);
  });

  it("has each active run with its files, and each historic export with its windows", async () => {
    const id = await newExport();
    const runId = await makeActive(id);
    const historicExportId = await makeHistoric(tenant, id, { windows: 9, state: "Running" });
    const { body } = await call(operations.getProgress, { key: tenant.key, params: { id } });
    expect(body.runs).toMatchObject([
      {
        ...{ runId, files: 3, filesDone: 1, expectedRows: 3000, rows: 1500, bytes: 30_000 },
        writing: [{ index: 1, rows: 500, bytes: 10_000, expectedRows: 1000, attempt: 1 }],
      },
    ]);
    const [run] = body.runs;
    expect(run?.rowsPerSecond).toBeGreaterThan(0);
    expect(run?.secondsLeft).toBeGreaterThan(0);
    expect(body.historicExports).toMatchObject([{ historicExportId, windows: 9, windowsDone: 0, secondsLeft: null }]);
  });

  it("is streamed as it is, uncompressed, to browsers that would take it compressed", async () => {
    const id = await newExport();
    await makeActive(id);
    const url = `${testStack().web}${pathOf(id)}`;
    const stream = await EventStream.open(url, { ...bearer(tenant.key), "accept-encoding": "gzip, br" });
    const { headers } = stream.response;
    expect(headers.get("content-encoding")).toBeNull();
    expect(headers.get("cache-control")).toBe("no-store, no-transform");
    expect(headers.get("x-accel-buffering")).toBe("no");
    await stream.until(({ activeRuns }) => activeRuns === 1, 10);
    // It goes on by itself, and notices the end.
    await stream.until(({ activeRuns }) => activeRuns === 1, 10);
    await getDb().update(runs).set({ state: "Failed", finishedAt: new Date() }).where(eq(runs.exportId, id));
    await stream.until(({ activeRuns }) => activeRuns === 0, 10);
    expect(await stream.ended).toEqual({ reason: "idle" });
  });

  it("is given to at most ten streams of a key, and again once one has ended", async () => {
    const id = await newExport();
    await makeActive(id);
    const key = await makeKey(tenant);
    const streams = await Promise.all(Array.from({ length: 10 }, () => open(id, key)));
    const refused = () => fetch(`${testStack().web}${pathOf(id)}`, { headers: bearer(key) });
    const answer = await refused();
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    streams[0]!.close();
    await expect
      .poll(async () => {
        const next = await refused();
        await next.body?.cancel();
        return next.status;
      })
      .toBe(200);
    for (const stream of streams) stream.close();
  });

  it("ends when the key is revoked, after signs of life", async () => {
    const id = await newExport();
    await makeActive(id);
    const key = await makeKey(tenant);
    const stream = await open(id, key);
    await stream.until(({ activeRuns }) => activeRuns === 1, 10);
    const [made] = await getDb().select().from(apiKeys).where(eq(apiKeys.projectId, tenant.projectId));
    expect(made).toBeDefined();
    await getDb()
      .update(apiKeys)
      .set({ revokedAt: new Date() })
      .where(eq(apiKeys.organizationId, tenant.organizationId));
    expect(await stream.ended).toEqual({ reason: "access" });
    expect(stream.text).toContain("\n\n: still here\n\n");
    tenant.key = await makeKey(tenant);
  });

  it("ends when the server does, which then need not wait", async () => {
    const id = await newExport();
    await makeActive(id);
    const web = await spawnWeb({});
    const stream = await open(id, tenant.key, web.web);
    await stream.until(({ activeRuns }) => activeRuns === 1, 10);
    await web.stop("SIGTERM");
    expect(await stream.ended).toEqual({ reason: "shutdown" });
    expect(await web.exited).toMatchObject({ code: 0 });
  });
});

describe("trends", () => {
  const ask = (id: string, query: Record<string, string | number>) =>
    call(operations.getTrends, { key: tenant.key, params: { id }, query });
  const range = { from: at(0).toISOString(), to: at(6).toISOString() };

  it("have what committed windows measured, and nothing of the others", async () => {
    const id = await newExport();
    const done = (hour: number, seconds: number, lag: number, rows: number) => {
      const finishedAt = new Date(at(hour + 1).getTime() + lag * 1000);
      const startedAt = new Date(finishedAt.getTime() - seconds * 1000);
      return { ...window(hour), state: "Completed" as const, rows, bytes: rows * 9, startedAt, finishedAt };
    };
    const first = await makeRun(tenant, id, done(1, 4, 90, 100));
    await makeRun(tenant, id, { ...window(2), state: "Failed", finishedAt: at(4) });
    // A retry doesn't make the window late, and a historic export has no lag.
    const early = await makeRun(tenant, id, { ...done(3, 5, 60, 10), createdAt: at(4) });
    const retry = await makeRun(tenant, id, { ...done(3, 7, HOUR / 1000, 20), trigger: "retry", createdAt: at(5) });
    await getDb().update(runs).set({ supersededBy: retry }).where(eq(runs.id, early));
    const historicExportId = await makeHistoric(tenant, id, { windows: 1, state: "Completed" });
    await makeRun(tenant, id, { ...done(4, 2, 9 * HOUR, 0), trigger: "historic", historicExportId });
    const { body } = await ask(id, range);
    expect(body.windowsPerPoint).toBe(1);
    expect(body.points).toMatchObject([
      { state: "not_expected", runId: null, rows: null, bytes: null, seconds: null, lagSeconds: null },
      { state: "committed", runId: first, rows: 100, bytes: 900, seconds: 4, lagSeconds: 90 },
      { state: "failed", failed: 1, rows: null, seconds: null, lagSeconds: null },
      { state: "committed", runId: retry, rows: 20, seconds: 7, lagSeconds: 60 },
      { state: "committed", rows: 0, bytes: 0, seconds: 2, lagSeconds: null },
      { state: "not_expected" },
    ]);
    const fewer = (await ask(id, { ...range, points: 2 })).body;
    expect(fewer.windowsPerPoint).toBe(3);
    expect(fewer.points).toMatchObject([
      { windows: 3, committed: 1, failed: 1, state: "failed", rows: 100 },
      { windows: 3, committed: 2, rows: 20, seconds: 7, lagSeconds: 60 },
    ]);
  });

  it.each([
    ["points", { ...range, points: 201 }],
    ["points", { ...range, points: 0 }],
    ["to", { from: range.to, to: range.from }],
    ["to", { from: "2000-01-01T00:00:00Z", to: "2026-01-01T00:00:00Z" }],
  ])("refuse %s out of bounds", async (_, query) => {
    expect((await ask(await newExport(), query)).status).toBe(422);
  });
});
