import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { auditLog, checkRequests, checks, watchedRuns } from "@/lib/db/schema";
import { DEFAULT_CHECKS } from "@/lib/fields/checks";
import * as operations from "@/lib/openapi/operations";
import { call } from "@/testing/api/call";
import { makeConnection, makeExport, makeRun } from "@/testing/api/make";
import { makeTenant, type Tenant } from "@/testing/api/tenant";
import { until } from "@/testing/runs/until";

let tenant: Tenant;
let key: string;
let connectionId: string;

beforeAll(async () => {
  tenant = await makeTenant();
  key = tenant.key;
  connectionId = (await makeConnection(tenant)).id;
});

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));
const day = { from: at(0).toISOString(), to: at(24).toISOString() };

const committed = (exportId: string, hour: number) =>
  makeRun(tenant, exportId, {
    intervalStart: at(hour),
    intervalEnd: at(hour + 1),
    state: "Completed",
    rows: 3,
    finishedAt: new Date(),
  });

const insertCheck = async (exportId: string, runId: string, values: Partial<typeof checks.$inferInsert>) => {
  const { organizationId, projectId } = tenant;
  const about = { organizationId, projectId, exportId, runId, intervalStart: at(0), intervalEnd: at(1) };
  const found = { kind: "source" as const, outcome: "late" as const, expected: { rows: 3 }, found: { rows: 4 } };
  const [row] = await getDb()
    .insert(checks)
    .values({ ...about, ...found, ...values })
    .returning();
  return row!;
};

describe("requested checks", () => {
  it("are carried out by the worker, window by window, and are in the audit log", async () => {
    const { id } = await makeExport(tenant, connectionId);
    const runIds = [await committed(id, 0), await committed(id, 1)];
    await makeRun(tenant, id, { intervalStart: at(2), intervalEnd: at(3), state: "Failed" });
    const started = await call(operations.startChecks, { key, params: { id }, body: { ...day, kind: "source" } });
    expect(started.status).toBe(202);
    const done = await until("the checks were done", async () => {
      const { body } = await call(operations.getChecks, { key, params: { id: started.body.id } });
      return body.state === "Running" ? null : body;
    });
    expect(done).toMatchObject({ ...day, kind: "source", state: "Completed", windows: 2, done: 2, exportId: id });
    // Their runs have no plan: the source can't be asked, and nothing is said of it.
    const { body } = await call(operations.listChecks, { key, params: { id } });
    expect(body.items.map(({ runId }) => runId).toSorted()).toEqual(runIds.toSorted());
    for (const item of body.items)
      expect(item).toMatchObject({
        checkId: started.body.id,
        outcome: "unknown",
        expected: { rows: 3 },
        found: { rows: null },
        reason: expect.stringContaining("past their retention time"),
        action: null,
      });
    const isStart = and(eq(auditLog.action, "check.start"), eq(auditLog.objectId, started.body.id));
    expect(await getDb().select().from(auditLog).where(isStart)).toHaveLength(1);
  });

  it.each([
    ["another kind", { ...day, kind: "all" }, "kind"],
    ["no range", { kind: "source" }, "from"],
    ["a range that ends before it starts", { from: day.to, to: day.from, kind: "deep" }, "to"],
  ])("are refused for %s", async (_, body, path) => {
    const { id } = await makeExport(tenant, connectionId);
    const refused = await call(operations.startChecks, { key, params: { id }, body: body as never });
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).toContain(`"path":"${path}"`);
  });

  it("are refused if nothing is committed, and while three others are under way", async () => {
    const { id } = await makeExport(tenant, connectionId);
    const start = () => call(operations.startChecks, { key, params: { id }, body: { ...day, kind: "destination" } });
    expect(await start()).toMatchObject({ status: 409, body: { error: { code: "nothing_committed" } } });
    await committed(id, 0);
    const { organizationId, projectId } = tenant;
    const about = { organizationId, projectId, exportId: id, rangeStart: at(0), rangeEnd: at(1), windows: 1 };
    await getDb()
      .insert(checkRequests)
      .values(Array.from({ length: 3 }, () => ({ ...about, kind: "source" as const })));
    expect(await start()).toMatchObject({ status: 409, body: { error: { code: "checks_in_progress" } } });
  });

  it("are listed newest first, by kind, outcome and window, in pages, with what was done about them", async () => {
    const { id } = await makeExport(tenant, connectionId);
    const runId = await committed(id, 0);
    const made = [
      await insertCheck(id, runId, { checkedAt: at(2) }),
      await insertCheck(id, runId, { checkedAt: at(3), kind: "destination", outcome: "missing" }),
      await insertCheck(id, runId, { checkedAt: at(4), outcome: "unchanged" }),
      await insertCheck(id, runId, { checkedAt: at(5), intervalStart: at(7), intervalEnd: at(8) }),
    ];
    const list = async (query: object) =>
      (await call(operations.listChecks, { key, params: { id }, query: query as never })).body.items.map(
        (item) => item.id,
      );
    expect(await list({})).toEqual(made.map((row) => row.id).toReversed());
    expect(await list({ kind: "destination" })).toEqual([made[1]!.id]);
    expect(await list({ outcome: "late" })).toEqual([made[3]!.id, made[0]!.id]);
    expect(await list({ from: at(7).toISOString() })).toEqual([made[3]!.id]);
    const first = (await call(operations.listChecks, { key, params: { id }, query: { limit: 3 } as never })).body;
    const rest = { limit: 3, cursor: first.nextCursor };
    expect((await call(operations.listChecks, { key, params: { id }, query: rest as never })).body).toMatchObject({
      items: [{ id: made[0]!.id }],
      nextCursor: null,
    });
    const repair = await makeRun(tenant, id, {
      intervalStart: at(0),
      intervalEnd: at(1),
      state: "Failed",
      trigger: "retry",
    });
    const { body } = await call(operations.listChecks, {
      key,
      params: { id },
      query: { kind: "destination" } as never,
    });
    expect(body.items[0]?.action).toEqual({ type: "repair", runId: repair, state: "Failed" });
  });
});

describe("an export's checks", () => {
  it("have defaults, and given parts replace only themselves", async () => {
    const { id } = await makeExport(tenant, connectionId);
    const shown = async () => (await call(operations.getExport, { key, params: { id } })).body.checks;
    expect(await shown()).toEqual(DEFAULT_CHECKS);
    const runId = await committed(id, 0);
    const patch = (body: object) => call(operations.patchExport, { key, params: { id }, body: { checks: body } });
    expect((await patch({ onLate: "ask", source: ["7d", "10m"] })).status).toBe(200);
    expect(await shown()).toEqual({ ...DEFAULT_CHECKS, onLate: "ask", source: ["10m", "7d"] });
    const nextLook = async () =>
      (await getDb().select().from(watchedRuns).where(eq(watchedRuns.runId, runId)))[0]!.nextLookAt;
    expect(await nextLook()).not.toBeNull();
    await patch({ source: [] });
    expect(await nextLook()).toBeNull();
    expect((await shown()).onLate).toBe("ask");
  });

  it.each([
    ["source", { source: ["2h"] }],
    ["destination", { destination: "hourly" }],
    ["destinationDays", { destinationDays: 0 }],
    ["deepShare", { deepShare: 1.5 }],
    ["onLate", { onLate: "delete" }],
    ["expectDeletion", { expectDeletion: "no" }],
  ])("are refused by field: %s", async (field, given) => {
    const { id } = await makeExport(tenant, connectionId);
    const refused = await call(operations.patchExport, { key, params: { id }, body: { checks: given } as never });
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).toContain(`checks.${field}`);
  });

  it("are part of a new export, where left-out parts have their defaults", async () => {
    const { id } = await makeExport(tenant, connectionId, {
      name: randomUUID(),
      checks: { destination: "off" } as never,
    });
    const { body } = await call(operations.getExport, { key, params: { id } });
    expect(body.checks).toEqual({ ...DEFAULT_CHECKS, destination: "off" });
  });
});
