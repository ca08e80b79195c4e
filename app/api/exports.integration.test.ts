import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { auditLog, exports } from "@/lib/db/schema";
import * as operations from "@/lib/openapi/operations";
import { HOUR } from "@/lib/units";
import { call, errorOf } from "@/testing/api/call";
import { expectSchedule } from "@/testing/api/expect-schedule";
import { makeConnection, makeExport, makeRun, scheduleOf } from "@/testing/api/make";
import { makeTenant, type Tenant } from "@/testing/api/tenant";

let tenant: Tenant;
let key: string;
let connectionId: string;

beforeAll(async () => {
  tenant = await makeTenant();
  key = tenant.key;
  connectionId = (await makeConnection(tenant)).id;
});

describe("exports", () => {
  it("are answered with all their defaults", async () => {
    // No other export may write at the root of the same bucket.
    const { id: alone } = await makeConnection(tenant, { bucket: `b-${randomUUID()}` });
    const created = await makeExport(tenant, alone, { destination: { type: "s3" } });
    expect(created).toMatchObject({
      model: "events",
      destination: { prefix: "", layout: "template", format: "jsonl", compression: "gzip", maxFileSizeMb: 256 },
      filters: { includeEvents: [], excludeEvents: [] },
      schedule: { every: "hour", timezone: "UTC" },
      recentRuns: [],
      activeRuns: 0,
      activeHistoricExports: 0,
    });
    const { body } = await call(operations.getExport, { key, params: { id: created.id } });
    expect(body).toEqual(created);
  });

  it("have a schedule that follows them", async () => {
    const { id } = await makeExport(tenant, connectionId, { paused: false });
    expect(await scheduleOf(id)).toMatchObject({ paused: false });
    const paused = await call(operations.pauseExport, { key, params: { id } });
    expect(paused.body).toMatchObject({ paused: true, nextRunAt: null });
    await expectSchedule(id, { paused: true });
    const resumed = await call(operations.resumeExport, { key, params: { id } });
    expect(Date.parse(resumed.body.nextRunAt ?? "")).toBeGreaterThan(Date.now());
    await expectSchedule(id, { paused: false });
    expect((await call(operations.deleteExport, { key, params: { id } })).status).toBe(204);
    expect(await scheduleOf(id)).toBeNull();
    expect((await call(operations.getExport, { key, params: { id } })).status).toBe(404);
  });

  it("say who paused them and since when, and forget their failures when they are resumed", async () => {
    const { id, pause } = await makeExport(tenant, connectionId, { paused: false });
    expect(pause).toBeNull();
    const params = { id };
    const failures = { by: "failures" as const, at: new Date().toISOString(), since: null, failures: 3, error: null };
    const paused = await call(operations.pauseExport, { key, params });
    expect(paused.body.pause).toMatchObject({ by: "person", name: expect.any(String), since: null, error: null });
    await getDb().update(exports).set({ pause: failures, failuresInRow: 3 }).where(eq(exports.id, id));
    const again = await call(operations.patchExport, { key, params, body: { paused: true, pauseAfterFailures: 5 } });
    expect(again.body).toMatchObject({ pause: { by: "failures" }, pauseAfterFailures: 5 });
    const resumed = await call(operations.patchExport, { key, params, body: { paused: false } });
    expect(resumed.body).toMatchObject({ paused: false, pause: null });
    const [row] = await getDb().select().from(exports).where(eq(exports.id, id));
    expect(row?.failuresInRow).toBe(0);
  });

  it("are audited, each act by its own name", async () => {
    const { id } = await makeExport(tenant, connectionId, { name: "Audited" });
    const params = { id };
    await call(operations.patchExport, { key, params, body: { name: "Renamed", paused: false } });
    await call(operations.patchExport, { key, params, body: { name: "Renamed" } });
    await call(operations.pauseExport, { key, params });
    await call(operations.deleteExport, { key, params });
    const entries = await getDb().select().from(auditLog).where(eq(auditLog.objectId, id)).orderBy(auditLog.id);
    expect(entries.map(({ action }) => action)).toEqual([
      "export.create",
      "export.update",
      "export.resume",
      "export.pause",
      "export.delete",
    ]);
    expect(entries[1]).toMatchObject({
      projectId: tenant.projectId,
      actorKind: "key",
      objectName: "Renamed",
      changes: [{ field: "name", before: "Audited", after: "Renamed" }],
    });
    expect(entries[2]?.changes).toEqual([{ field: "paused", before: true, after: false }]);
  });

  it("have the newest file schema, and keep the one that they were made with until they are switched", async () => {
    const made = await makeExport(tenant, connectionId);
    expect(made.fileSchema).toBe(2);
    const params = { id: made.id };
    await getDb().update(exports).set({ fileSchema: 1 }).where(eq(exports.id, made.id));
    const renamed = await call(operations.patchExport, { key, params, body: { name: "Kept" } });
    expect(renamed.body.fileSchema).toBe(1);
    const wrong = await call(operations.patchExport, { key, params, body: { fileSchema: 3 as 2 } });
    expect(wrong.status).toBe(422);
    expect(errorOf(wrong)).toMatchObject({ details: [{ path: "fileSchema", message: "Must be 1 or 2." }] });
    const switched = await call(operations.patchExport, { key, params, body: { fileSchema: 2 } });
    expect(switched.body.fileSchema).toBe(2);
    const entries = await getDb().select().from(auditLog).where(eq(auditLog.objectId, made.id)).orderBy(auditLog.id);
    expect(entries.at(-1)).toMatchObject({
      action: "export.update",
      changes: [{ field: "fileSchema", before: 1, after: 2 }],
    });
  });

  it("get the newest file schema with the change that makes a difference", async () => {
    const { id } = await makeExport(tenant, connectionId);
    await getDb().update(exports).set({ fileSchema: 1 }).where(eq(exports.id, id));
    const destination = { type: "s3" as const, prefix: `${randomUUID()}/`, layout: "hive" as const };
    const patch = (more: object) =>
      call(operations.patchExport, { key, params: { id }, body: { destination: { ...destination, ...more } } });
    expect((await patch({})).body.fileSchema).toBe(1);
    expect((await patch({ partitionByEvent: true })).body.fileSchema).toBe(2);
  });

  it("keep names that an earlier version let them have, until they are switched", async () => {
    const { id } = await makeExport(tenant, connectionId);
    const columns = [
      { name: "event", as: null, hash: false },
      { name: "uuid", as: "Event", hash: false },
    ];
    const params = { id };
    const refused = await call(operations.patchExport, { key, params, body: { columns } });
    expect(errorOf(refused).details).toEqual([
      {
        path: "columns.1.as",
        message: "Another column has the name event, which differs only in case. Choose another name.",
      },
    ]);
    await getDb().update(exports).set({ fileSchema: 1, columns }).where(eq(exports.id, id));
    const kept = await call(operations.patchExport, { key, params, body: { columns, name: "Kept" } });
    expect(kept.body).toMatchObject({ name: "Kept", columns });
    const switched = await call(operations.patchExport, { key, params, body: { fileSchema: 2 } });
    expect(errorOf(switched).details?.map(({ path }) => path)).toEqual(["columns.1.as"]);
  });

  it("offer to catch up from the window on in which they were paused", async () => {
    const { id } = await makeExport(tenant, connectionId);
    const params = { id };
    expect((await call(operations.getCatchUp, { key, params })).body).toBeNull();
    const hour = Math.floor(Date.now() / HOUR) * HOUR;
    const at = new Date(hour - 2.5 * HOUR).toISOString();
    const pause = { by: "person" as const, at, since: null, failures: 0, error: null };
    await getDb().update(exports).set({ pause }).where(eq(exports.id, id));
    const { body } = await call(operations.getCatchUp, { key, params });
    const [start, end] = [new Date(hour - 3 * HOUR).toISOString(), new Date(hour).toISOString()];
    expect(body).toEqual({ start, end, windows: 3 });
  });

  it("offer, once resumed, what failed since the first window that was run for the schedule", async () => {
    const { id } = await makeExport(tenant, connectionId, { paused: false });
    const hour = Math.floor(Date.now() / HOUR) * HOUR;
    const ago = (hours: number) => new Date(hour - hours * HOUR);
    for (const [hours, state] of [
      [5, "Completed"],
      [4, "Failed"],
      [3, "Completed"],
      [1, "Completed"],
    ] as const)
      await makeRun(tenant, id, { intervalStart: ago(hours), intervalEnd: ago(hours - 1), state });
    const { body } = await call(operations.getCatchUp, { key, params: { id } });
    expect(body).toEqual({ start: ago(4).toISOString(), end: ago(1).toISOString(), windows: 3 });
  });

  it("change in the parts that are given", async () => {
    const { id, destination } = await makeExport(tenant, connectionId);
    const params = { id };
    const patched = await call(operations.patchExport, {
      key,
      params,
      body: { name: "New", endAt: "2030-01-01T00:00:00+02:00" },
    });
    expect(patched.body).toMatchObject({ name: "New", destination, endAt: "2029-12-31T22:00:00.000Z", paused: true });
    const refused = await call(operations.patchExport, { key, params, body: { startAt: "2031-01-01T00:00:00Z" } });
    expect(refused.status).toBe(422);
    expect(errorOf(refused).details).toEqual([{ path: "endAt", message: "Must be after the start date." }]);
    const opened = await call(operations.patchExport, { key, params, body: { endAt: null } });
    expect(opened.body.endAt).toBeNull();
  });

  it("come in pages, the newest first", async () => {
    const other = await makeTenant();
    const connection = await makeConnection(other);
    const made: string[] = [];
    for (const name of ["a", "b", "c"]) made.unshift((await makeExport(other, connection.id, { name })).id);
    const params = { projectId: other.projectId };
    const first = await call(operations.listExports, { key: other.key, params, query: { limit: 2 } });
    const cursor = first.body.nextCursor ?? "";
    const second = await call(operations.listExports, { key: other.key, params, query: { limit: 2, cursor } });
    expect([...first.body.items, ...second.body.items].map(({ id }) => id)).toEqual(made);
    expect(second.body.nextCursor).toBeNull();
  });

  it("show of each window its newest run, the newest window last", async () => {
    const { id } = await makeExport(tenant, connectionId);
    const hour = Math.floor(Date.now() / HOUR) * HOUR;
    const run = (ago: number, state: "Completed" | "Failed", rows: number | null) =>
      makeRun(tenant, id, {
        intervalStart: new Date(hour - ago * HOUR),
        intervalEnd: new Date(hour - (ago - 1) * HOUR),
        finishedAt: new Date(hour),
        state,
        rows,
      });
    const older = await run(2, "Completed", 10);
    await run(1, "Failed", null);
    const retried = await run(1, "Completed", 5);
    const { body } = await call(operations.getExport, { key, params: { id } });
    expect(body.recentRuns.map((dot) => [dot.id, dot.state])).toEqual([
      [older, "Completed"],
      [retried, "Completed"],
    ]);
    expect(body).toMatchObject({ rowsLast24h: 15, lastSuccessAt: new Date(hour).toISOString() });
    // Counts what was written, however old its window is.
    await run(9000, "Completed", 1_200_000);
    const { body: later } = await call(operations.getExport, { key, params: { id } });
    expect(later.rowsLast24h).toBe(1_200_015);
  });

  it("show the newest attempt at a window, even if the clock was set back before it", async () => {
    const { id } = await makeExport(tenant, connectionId);
    const [intervalStart, intervalEnd] = [new Date(Date.now() - 2 * HOUR), new Date(Date.now() - HOUR)];
    let clock = Date.now();
    const attempt = (state: "Completed" | "Failed") => {
      clock -= 1000;
      return makeRun(tenant, id, { intervalStart, intervalEnd, createdAt: new Date(clock), state });
    };
    const ask = async () => (await call(operations.getExport, { key, params: { id } })).body.recentRuns;
    await attempt("Completed");
    const failed = await attempt("Failed");
    expect(await ask()).toMatchObject([{ id: failed, state: "Failed" }]);
    const completed = await attempt("Completed");
    expect(await ask()).toMatchObject([{ id: completed, state: "Completed" }]);
  });
});
