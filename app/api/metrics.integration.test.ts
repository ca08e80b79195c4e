import { randomUUID } from "node:crypto";
import { eq, inArray, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { checkCounters, exports, runs, watchedRuns } from "@/lib/db/schema";
import { activeStates } from "@/lib/fields/run-state";
import * as operations from "@/lib/openapi/operations";
import { HOUR, MINUTE } from "@/lib/units";
import { call } from "@/testing/api/call";
import { makeConnection, makeExport, makeRun } from "@/testing/api/make";
import { makeTenant, type Tenant } from "@/testing/api/tenant";
import { markVerified } from "@/testing/api/verified";
import { problemsOf } from "@/testing/monitoring/check-query";
import { queries } from "@/testing/monitoring/documents";
import { exportedBy } from "@/testing/monitoring/exported";
import { type SpawnedWeb, spawnWeb } from "@/testing/stack/spawn-web";

const TOKEN = randomUUID();

let server: SpawnedWeb;
beforeAll(async () => {
  server = await spawnWeb({ METRICS_TOKEN: TOKEN });
});
afterAll(() => server.stop());

const ask = (headers: Record<string, string> = {}) => fetch(`${server.web}/api/metrics`, { headers });

async function scrape(): Promise<Map<string, number>> {
  const answer = await ask({ authorization: `Bearer ${TOKEN}` });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
  const lines = (await answer.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]),
  );
}

/** The hour `count` hours before the current one. */
function hour(count: number) {
  const start = new Date(Math.floor(Date.now() / HOUR) * HOUR - count * HOUR);
  return { intervalStart: start, intervalEnd: new Date(start.getTime() + HOUR) };
}

/** An active hourly export, but only in the ledger: it has no Temporal schedule. */
async function activeExport(tenant: Tenant): Promise<string> {
  const connection = await makeConnection(tenant);
  await markVerified(connection.id);
  const { id } = await makeExport(tenant, connection.id);
  await getDb()
    .update(exports)
    .set({ paused: false, createdAt: hour(9).intervalStart })
    .where(eq(exports.id, id));
  return id;
}

describe("metrics", () => {
  it("are not there while no token is set", async () => {
    expect((await call(operations.getMetrics)).status).toBe(404);
  });

  it.each([
    ["none", {}],
    ["a wrong one", { authorization: "Bearer wrong" }],
    ["the beginning of the right one", { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
    ["the right one as another scheme", { authorization: `Basic ${TOKEN}` }],
  ])("are refused for a token that is %s", async (_, headers) => {
    expect((await ask(headers as Record<string, string>)).status).toBe(401);
  });

  it("count runs, rows and bytes, and tell how long runs took", async () => {
    // The worker would sweep other tests' active runs and mark them Failed.
    await getDb().update(runs).set({ state: "Cancelled" }).where(inArray(runs.state, activeStates));
    const before = await scrape();
    const tenant = await makeTenant();
    const { id: connectionId } = await makeConnection(tenant);
    const { id } = await makeExport(tenant, connectionId);
    const startedAt = new Date();
    const finishedAt = new Date(startedAt.getTime() + 20_000);
    const ended = { startedAt, finishedAt, attempt: 2 };
    await makeRun(tenant, id, { ...hour(3), ...ended, state: "Completed", rows: 5_000_000_001, bytes: 7_000_000_003 });
    await makeRun(tenant, id, { ...hour(2), ...ended, state: "Failed" });
    const grown = (after: Map<string, number>, name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    await expect
      .poll(async () => grown(await scrape(), "penstock_rows_committed_total"), { timeout: 20_000 })
      .toBe(5_000_000_001);
    const after = await scrape();
    expect(grown(after, "penstock_bytes_committed_total")).toBe(7_000_000_003);
    expect(grown(after, "penstock_run_attempts_total")).toBe(4);
    expect(grown(after, 'penstock_runs{state="Completed"}')).toBe(1);
    expect(grown(after, 'penstock_runs{state="Failed"}')).toBe(1);
    const duration = (rest: string) => grown(after, `penstock_run_duration_seconds_${rest}`);
    expect(duration('bucket{state="Completed",le="15"}')).toBe(0);
    expect(duration('bucket{state="Completed",le="30"}')).toBe(1);
    expect(duration('bucket{state="Completed",le="+Inf"}')).toBe(1);
    expect(duration('sum{state="Completed"}')).toBeCloseTo(20, 3);
    expect(duration('count{state="Failed"}')).toBe(1);
  });

  it("tell the oldest window that is not committed, and how late schedules are", async () => {
    const [gap, whole, paused] = await Promise.all([makeTenant(), makeTenant(), makeTenant()]);
    const withGap = await activeExport(gap);
    for (const count of [6, 5, 3, 2, 1]) await makeRun(gap, withGap, { ...hour(count), state: "Completed" });
    await makeRun(gap, withGap, { ...hour(4), state: "Failed" });
    const without = await activeExport(whole);
    for (const count of [3, 2, 1]) await makeRun(whole, without, { ...hour(count), state: "Completed" });
    const stopped = await activeExport(paused);
    await getDb().update(exports).set({ paused: true }).where(eq(exports.id, stopped));

    const age = (found: Map<string, number>, { projectId }: Tenant) =>
      found.get(`penstock_oldest_uncommitted_window_age_seconds{project="${projectId}"}`);
    await expect.poll(async () => age(await scrape(), whole), { timeout: 20_000 }).toBeDefined();
    const found = await scrape();
    const since = (Date.now() - hour(4).intervalEnd.getTime()) / 1000;
    expect(age(found, gap)).toBeGreaterThan(since - 30);
    expect(age(found, gap)).toBeLessThanOrEqual(since);
    expect(age(found, whole)).toBe(0);
    expect(age(found, paused)).toBeUndefined();
    expect(found.get("penstock_schedule_lag_seconds")).toBeGreaterThanOrEqual(0);
  });

  it("count windows by state, checks by outcome, and tell how overdue the next look is", async () => {
    const before = await scrape();
    const tenant = await makeTenant();
    const { id: connectionId } = await makeConnection(tenant);
    const { id } = await makeExport(tenant, connectionId);
    const runId = await makeRun(tenant, id, { ...hour(4), state: "Completed", finishedAt: new Date() });
    await makeRun(tenant, id, { ...hour(5), state: "Completed", finishedAt: new Date() });
    await makeRun(tenant, id, { ...hour(3), state: "Failed" });
    const retried = await makeRun(tenant, id, { ...hour(2), state: "Failed" });
    await makeRun(tenant, id, { ...hour(2), state: "Completed", retryOf: retried });
    await getDb()
      .update(watchedRuns)
      .set({ isBroken: true, committedAt: new Date(Date.now() - 2 * HOUR), nextLookAt: new Date(Date.now() + MINUTE) })
      .where(eq(watchedRuns.runId, runId));
    await getDb()
      .insert(checkCounters)
      .values({ kind: "deep", outcome: "unreadable", checks: 3 })
      .onConflictDoUpdate({
        target: [checkCounters.kind, checkCounters.outcome],
        set: { checks: sql`${checkCounters.checks} + 3` },
      });
    const grown = (after: Map<string, number>, name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    await expect
      .poll(async () => grown(await scrape(), 'penstock_windows{state="broken"}'), { timeout: 20_000 })
      .toBeGreaterThanOrEqual(1);
    const after = await scrape();
    expect(grown(after, 'penstock_windows{state="committed"}')).toBeGreaterThanOrEqual(2);
    expect(grown(after, 'penstock_windows{state="failed"}')).toBe(1);
    expect(after.get('penstock_windows{state="missing"}')).toBeGreaterThanOrEqual(0);
    expect(grown(after, 'penstock_checks_total{kind="deep",outcome="unreadable"}')).toBe(3);
    // Its look was due ten minutes after its commit, and is tried again soon.
    expect(after.get("penstock_oldest_unchecked_window_age_seconds")).toBeGreaterThan((2 * HOUR - 11 * MINUTE) / 1000);
  });

  it("tell of queues, mails, deliveries and the process", async () => {
    const names = [...(await scrape()).keys()];
    for (const state of ["queued", "sent", "kept", "failed"])
      expect(names).toContain(`penstock_mails{state="${state}"}`);
    for (const state of ["queued", "sent", "failed"]) expect(names).toContain(`penstock_deliveries{state="${state}"}`);
    expect(names).toContain('penstock_task_queue_backlog{queue="penstock"}');
    expect(names).toContain('penstock_task_queue_backlog{queue="penstock-files"}');
    expect(names).toContain("process_resident_memory_bytes");
  });

  it("are what dashboard and alert rules ask for", async () => {
    await activeExport(await makeTenant());
    const text = async () => (await ask({ authorization: `Bearer ${TOKEN}` })).text();
    const [age, clock] = [
      "penstock_export_uncommitted_window_age_seconds{",
      'penstock_clock_difference_seconds{kind="web"}',
    ];
    await expect.poll(text, { timeout: 20_000 }).toContain(age);
    const exported = exportedBy(await text());
    expect(await text()).toContain(clock);
    expect(queries().flatMap(([, query, template]) => problemsOf(query, template, exported))).toEqual([]);
  });
});
