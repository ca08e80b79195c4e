import { eq, inArray } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { monthOf } from "@/lib/db/month";
import { dbNow } from "@/lib/db/now";
import { auditLog, connections, runLogs, runs } from "@/lib/db/schema";
import * as operations from "@/lib/openapi/operations";
import { call, errorOf } from "@/testing/api/call";
import { makeConnection, makeExport, makeFilesAndLogs, makeRun } from "@/testing/api/make";
import { makeTenant, type Tenant } from "@/testing/api/tenant";

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));
const window = (hour: number) => ({ intervalStart: at(hour), intervalEnd: at(hour + 1) });

let tenant: Tenant;
let key: string;
let exportId: string;
/** Newest window first; window 2 has a failed run and its retry. */
let expected: string[];

beforeAll(async () => {
  tenant = await makeTenant();
  key = tenant.key;
  exportId = (await makeExport(tenant, (await makeConnection(tenant)).id)).id;
  const states = [
    [0, "Completed"],
    [1, "Failed"],
    [2, "Failed"],
    [2, "Completed"],
    [3, "Cancelled"],
  ] as const;
  expected = [];
  for (const [hour, state] of states) expected.unshift(await makeRun(tenant, exportId, { ...window(hour), state }));
});

const list = async (query: Record<string, string | number>) =>
  (await call(operations.listRuns, { key, params: { id: exportId }, query })).body;

describe("lists of runs", () => {
  it("begin with the newest window and, of one window, with the newest run", async () => {
    expect((await list({})).items.map(({ id }) => id)).toEqual(expected);
  });

  it.each([1, 2, 3])("come whole in pages of %i", async (limit) => {
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await list({ limit, ...(cursor && { cursor }) });
      found.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(found).toEqual(expected);
  });

  it("can be limited to a state and to a range of windows", async () => {
    expect((await list({ state: "Failed" })).items.map(({ intervalStart }) => intervalStart)).toEqual([
      at(2).toISOString(),
      at(1).toISOString(),
    ]);
    const between = await list({ from: at(1).toISOString(), to: at(2).toISOString() });
    expect(between.items.map(({ intervalStart }) => intervalStart)).toEqual([at(1).toISOString()]);
  });
});

describe("one run", () => {
  it("has files and a log that can be followed", async () => {
    const id = expected[1]!;
    await makeFilesAndLogs(tenant, id, 3);
    expect((await call(operations.getRun, { key, params: { id } })).body.filesDone).toBe(3);
    const files = await call(operations.listRunFiles, { key, params: { id }, query: { limit: 2 } });
    const cursor = files.body.nextCursor ?? "";
    const rest = await call(operations.listRunFiles, { key, params: { id }, query: { cursor } });
    expect([...files.body.items, ...rest.body.items].map(({ index }) => index)).toEqual([0, 1, 2]);
    const logs = await call(operations.listRunLogs, { key, params: { id }, query: { limit: 1 } });
    expect(logs.body).toMatchObject({ items: [{ message: "line 0" }], nextCursor: expect.any(String) });
    const after = logs.body.items[0]!.id;
    const later = await call(operations.listRunLogs, { key, params: { id }, query: { after } });
    expect(later.body.items.map(({ message }) => message)).toEqual(["line 1", "line 2"]);
    expect(later.body.nextCursor).toBeNull();
  });

  it("has a log that can be filtered and downloaded", async () => {
    const id = await makeRun(tenant, exportId, { ...window(7), state: "Failed" });
    const owner = {
      runId: id,
      organizationId: tenant.organizationId,
      projectId: tenant.projectId,
      month: monthOf({ createdAt: await dbNow(getDb()) }),
    };
    const time = at(8);
    await getDb()
      .insert(runLogs)
      .values([
        { ...owner, time, level: "debug", attempt: 1, message: "Begins." },
        { ...owner, time, level: "info", attempt: 1, file: "raw/part_1.jsonl", message: "Wrote 100% of it." },
        { ...owner, time, level: "warn", attempt: 2, file: "raw/part-2.jsonl", message: "Slow down." },
        { ...owner, time, level: "error", attempt: 2, message: "Failed." },
      ]);
    const messages = async (query: Record<string, string>) =>
      (await call(operations.listRunLogs, { key, params: { id }, query })).body.items.map(({ message }) => message);
    expect(await messages({ level: "warn" })).toEqual(["Slow down.", "Failed."]);
    expect(await messages({ level: "debug" })).toHaveLength(4);
    expect(await messages({ text: "0% OF" })).toEqual(["Wrote 100% of it."]);
    expect(await messages({ text: "PART_1" }), "in a file's name, and _ is no wildcard").toEqual(["Wrote 100% of it."]);
    expect(await messages({ text: "part", level: "warn" })).toEqual(["Slow down."]);
    const { text } = await call(operations.downloadRunLogs, { key, params: { id }, query: { level: "warn" } });
    expect(text).toBe(
      "2026-01-01T08:00:00.000Z  WARN  attempt 2  raw/part-2.jsonl  Slow down.\n" +
        "2026-01-01T08:00:00.000Z  ERROR  attempt 2  Failed.\n",
    );
  });

  it("has no receipt unless it completed", async () => {
    const answer = await call(operations.getReceipt, { key, params: { id: expected[0]! } });
    expect(answer.status).toBe(404);
    expect(errorOf(answer)).toMatchObject({ code: "no_receipt", message: expect.stringContaining("Cancelled") });
  });
});

describe("retry and cancel", () => {
  it("are audited, and name who asked", async () => {
    const run = await makeRun(tenant, exportId, { ...window(13), state: "Failed" });
    const { body } = await call(operations.retryRun, { key, params: { id: run } });
    const active = await makeRun(tenant, exportId, { ...window(14), state: "Running" });
    await call(operations.cancelRun, { key, params: { id: active } });
    const entries = await getDb()
      .select()
      .from(auditLog)
      .where(inArray(auditLog.objectId, [body.id, active]))
      .orderBy(auditLog.id);
    expect(entries).toMatchObject([
      { action: "run.retry", objectName: body.requestId, actorKind: "key", actorName: "API key “A test's key”" },
      { action: "run.cancel", objectId: active },
    ]);
    const [row] = await getDb().select().from(runs).where(eq(runs.id, body.id));
    expect(row?.requestedBy).toBe("API key “A test's key”");
  });

  it("start nothing through a connection that is not verified", async () => {
    const connection = await makeConnection(tenant);
    const unverified = await makeExport(tenant, connection.id);
    await getDb().update(connections).set({ verifiedAt: null }).where(eq(connections.id, connection.id));
    const failed = await makeRun(tenant, unverified.id, { ...window(5), state: "Failed" });
    const params = { id: unverified.id };
    const range = { start: at(1).toISOString(), end: at(2).toISOString() };
    for (const answer of [
      await call(operations.retryRun, { key, params: { id: failed } }),
      await call(operations.createHistoricExport, { key, params, body: range }),
      await call(operations.catchUp, { key, params }),
    ]) {
      expect(answer.status).toBe(409);
      expect(errorOf(answer)).toMatchObject({
        code: "connection_unverified",
        message: expect.stringContaining("isn't verified. Verify it first."),
      });
    }
    // Turned off is different: requested runs still run.
    await getDb()
      .update(connections)
      .set({ verifiedAt: new Date(), automatic: false })
      .where(eq(connections.id, connection.id));
    expect((await call(operations.retryRun, { key, params: { id: failed } })).status).toBe(201);
  });

  it("refuse while the window has a run under way", async () => {
    const failed = await makeRun(tenant, exportId, { ...window(10), state: "Failed" });
    const active = await makeRun(tenant, exportId, { ...window(10), state: "Running" });
    for (const id of [failed, active]) {
      const answer = await call(operations.retryRun, { key, params: { id } });
      expect(answer.status).toBe(409);
      expect(errorOf(answer).code).toBe("run_in_progress");
    }
    const cancelled = await call(operations.cancelRun, { key, params: { id: active } });
    expect(cancelled.body.state, "no workflow stands behind it").toBe("Cancelled");
    const again = await call(operations.cancelRun, { key, params: { id: active } });
    expect(again.status).toBe(409);
  });

  it("makes a new run on the same window", async () => {
    const id = await makeRun(tenant, exportId, { ...window(11), state: "Failed" });
    const { status, body } = await call(operations.retryRun, { key, params: { id } });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      trigger: "retry",
      retryOf: id,
      intervalStart: at(11).toISOString(),
      intervalEnd: at(12).toISOString(),
      requestId: expect.stringMatching(/^[a-z0-9]{16}$/),
    });
  });

  it("never exports past the end date", async () => {
    const bounded = await makeExport(tenant, (await makeConnection(tenant)).id, { endAt: "2026-01-01T05:30:00Z" });
    const inside = await makeRun(tenant, bounded.id, { ...window(5), state: "Failed" });
    const { body } = await call(operations.retryRun, { key, params: { id: inside } });
    expect(body.intervalEnd).toBe("2026-01-01T05:30:00.000Z");
    const outside = await makeRun(tenant, bounded.id, { ...window(6), state: "Failed" });
    const refused = await call(operations.retryRun, { key, params: { id: outside } });
    expect(errorOf(refused).code).toBe("past_end_date");
  });
});
