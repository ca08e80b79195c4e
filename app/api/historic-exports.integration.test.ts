import { beforeAll, describe, expect, it } from "vitest";
import * as operations from "@/lib/openapi/operations";
import { call, errorOf } from "@/testing/api/call";
import { makeConnection, makeExport, makeRun } from "@/testing/api/make";
import { makeTenant, type Tenant } from "@/testing/api/tenant";

const range = { start: "2026-01-01T00:20:00Z", end: "2026-01-01T02:10:00Z" };
const whole = { start: "2026-01-01T00:00:00.000Z", end: "2026-01-01T03:00:00.000Z", windows: 3 };

let tenant: Tenant;
let key: string;
let params: { id: string };

beforeAll(async () => {
  tenant = await makeTenant();
  key = tenant.key;
  params = { id: (await makeExport(tenant, (await makeConnection(tenant)).id)).id };
});

describe("historic exports", () => {
  it("are estimated in whole windows", async () => {
    const { body } = await call(operations.estimateHistoricExport, { key, params, body: range });
    expect(body).toEqual({ ...whole, rows: 0 });
  });

  it("are made, listed, counted and cancelled", async () => {
    const made = await call(operations.createHistoricExport, { key, params, body: range });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ ...whole, exportId: params.id, rows: 0 });
    const id = made.body.id;
    const listed = await call(operations.listHistoricExports, { key, params });
    expect(listed.body.items.map((item) => item.id)).toEqual([id]);
    const cancelled = await call(operations.cancelHistoricExport, { key, params: { id } });
    // The three empty windows may have finished first.
    expect([200, 409]).toContain(cancelled.status);
    const one = await call(operations.getHistoricExport, { key, params: { id } });
    expect(one.body).toMatchObject(whole);
  });

  it("count of each window the newest run", async () => {
    const made = await call(operations.createHistoricExport, { key, params, body: range });
    const historicExportId = made.body.id;
    const at = (hour: number) => new Date(Date.UTC(2025, 0, 1, hour));
    const run = (hour: number, state: "Completed" | "Failed" | "Cancelled", rows: number | null) =>
      makeRun(tenant, params.id, { intervalStart: at(hour), intervalEnd: at(hour + 1), historicExportId, state, rows });
    const before = (await call(operations.getHistoricExport, { key, params: { id: historicExportId } })).body;
    await run(0, "Failed", null);
    await run(0, "Completed", 7);
    await run(1, "Failed", null);
    await run(2, "Cancelled", null);
    const after = (await call(operations.getHistoricExport, { key, params: { id: historicExportId } })).body;
    expect(after.rows - before.rows).toBe(7);
    expect(after.windowsFailed - before.windowsFailed).toBe(1);
    expect(after.windowsCancelled - before.windowsCancelled).toBe(1);
  });

  it("say why nothing is left of a range", async () => {
    const body = { start: "2090-01-01T00:00:00Z", end: "2090-01-02T00:00:00Z" };
    for (const operation of [operations.createHistoricExport, operations.estimateHistoricExport]) {
      const answer = await call(operation, { key, params, body });
      expect(answer.status).toBe(422);
      expect(errorOf(answer).message).toContain("no window in this range has ended yet");
    }
  });
});
