import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { closeDb, getDb } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import * as operations from "@/lib/openapi/operations";
import { closeTemporal } from "@/lib/temporal/client";
import { call } from "@/testing/api/call";
import { makeConnection, makeExport, makeRun } from "@/testing/api/make";
import { makeCheck } from "@/testing/api/make-checks";
import { makeTenant, type Tenant } from "@/testing/api/tenant";

const window = { intervalStart: new Date("2026-01-01T00:00:00Z"), intervalEnd: new Date("2026-01-01T01:00:00Z") };

let tenant: Tenant;
let connectionId: string;
let exportId: string;
let runId: string;

beforeAll(async () => {
  tenant = await makeTenant();
  connectionId = (await makeConnection(tenant)).id;
});
afterAll(() => Promise.all([closeDb(), closeTemporal()]));
beforeEach(async () => {
  exportId = (await makeExport(tenant, connectionId)).id;
  runId = await makeRun(tenant, exportId, { ...window, state: "Completed", rows: 5, finishedAt: new Date() });
});

const listed = async (query: { outcome?: "late" } = {}) =>
  (await call(operations.listChecks, { key: tenant.key, params: { id: exportId }, query })).body.items;

const again = (values: Partial<typeof runs.$inferInsert>) =>
  makeRun(tenant, exportId, { ...window, trigger: "retry", ...values });

it("says which check is the last known of its kind", async () => {
  await makeCheck(runId, { kind: "source", outcome: "late" });
  await makeCheck(runId, { kind: "destination", outcome: "missing" });
  const late = await makeCheck(runId, { kind: "source", outcome: "late" });
  const current = async () => (await listed()).map(({ kind, current }) => [kind, current]);
  expect(await current()).toEqual([
    ["source", true],
    ["destination", true],
    ["source", false],
  ]);
  const replacing = await again({ state: "Completed", finishedAt: new Date() });
  await getDb().update(runs).set({ supersededBy: replacing }).where(eq(runs.id, runId));
  expect((await listed()).filter((check) => check.current)).toEqual([]);
  expect((await listed({ outcome: "late" }))[0]).toMatchObject({ id: late, current: false });
});

it("names the run that mended what it found, and one that failed only without another", async () => {
  const healRunId = await again({ trigger: "heal", state: "Failed" });
  await makeCheck(runId, { kind: "source", outcome: "late", healRunId });
  const action = async () => (await listed())[0]?.action;
  expect(await action()).toEqual({ type: "heal", runId: healRunId, state: "Failed" });
  const failed = await again({ state: "Failed" });
  expect(await action()).toEqual({ type: "repair", runId: failed, state: "Failed" });
  const done = await again({ state: "Completed" });
  await again({ state: "Completed" });
  expect(await action()).toEqual({ type: "repair", runId: done, state: "Completed" });
});

it("names no run for what needs none", async () => {
  await makeCheck(runId, { kind: "source", outcome: "unchanged" });
  await again({ state: "Completed" });
  expect((await listed())[0]).toMatchObject({ outcome: "unchanged", action: null });
});
