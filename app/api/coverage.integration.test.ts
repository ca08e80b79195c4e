import { beforeAll, describe, expect, it } from "vitest";
import * as operations from "@/lib/openapi/operations";
import { call } from "@/testing/api/call";
import { makeConnection, makeExport, makeRun } from "@/testing/api/make";
import { makeTenant, type Tenant } from "@/testing/api/tenant";

let tenant: Tenant;
let key: string;
let connectionId: string;

beforeAll(async () => {
  tenant = await makeTenant();
  key = tenant.key;
  connectionId = (await makeConnection(tenant)).id;
});

describe("coverage", () => {
  it("is computed from the ledger", async () => {
    const { id } = await makeExport(tenant, connectionId);
    const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));
    const committed = await makeRun(tenant, id, {
      intervalStart: at(0),
      intervalEnd: at(1),
      state: "Completed",
      rows: 3,
    });
    const failed = await makeRun(tenant, id, { intervalStart: at(1), intervalEnd: at(2), state: "Failed" });
    const query = { from: at(0).toISOString(), to: at(3).toISOString() };
    const { body } = await call(operations.getCoverage, { key, params: { id }, query });
    expect(body).toEqual([
      { start: at(0).toISOString(), end: at(1).toISOString(), state: "committed", runId: committed, rows: 3 },
      { start: at(1).toISOString(), end: at(2).toISOString(), state: "failed", runId: failed },
      { start: at(2).toISOString(), end: at(3).toISOString(), state: "missing" },
    ]);
  });

  it("refuses ranges of more than 10,000 windows, and backward ones", async () => {
    const { id } = await makeExport(tenant, connectionId);
    const ask = (from: string, to: string) =>
      call(operations.getCoverage, { key, params: { id }, query: { from, to } });
    expect((await ask("2020-01-01T00:00:00Z", "2026-01-01T00:00:00Z")).status).toBe(422);
    expect((await ask("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z")).status).toBe(422);
  });
});
