import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { exports, watchedRuns } from "@/lib/db/schema";
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
    const ask = async () => (await call(operations.getCoverage, { key, params: { id }, query })).body;
    const unchecked = { reason: null, outcome: null, checkedAt: null, healed: false, receiptSha256: null };
    const window = (hour: number) => ({ start: at(hour).toISOString(), end: at(hour + 1).toISOString(), ...unchecked });
    expect(await ask()).toEqual([
      { ...window(0), state: "committed", runId: committed, rows: 3 },
      { ...window(1), state: "failed", runId: failed },
      // It ended before the export existed.
      { ...window(2), state: "not_expected", reason: "before_export" },
    ]);
    await getDb()
      .update(exports)
      .set({ createdAt: at(0) })
      .where(eq(exports.id, id));
    const checkedAt = at(5);
    await getDb()
      .update(watchedRuns)
      .set({ destinationOutcome: "missing", destinationCheckedAt: checkedAt, isBroken: true })
      .where(eq(watchedRuns.runId, committed));
    expect(await ask()).toMatchObject([
      { state: "broken", runId: committed, outcome: "missing", checkedAt: checkedAt.toISOString() },
      { state: "failed" },
      { state: "missing" },
    ]);
    expect((await call(operations.getRun, { key, params: { id: committed } })).body.receiptStatus).toBe("broken");
  });

  it("refuses ranges of more than 10,000 windows, and backward ones", async () => {
    const { id } = await makeExport(tenant, connectionId);
    const ask = (from: string, to: string) =>
      call(operations.getCoverage, { key, params: { id }, query: { from, to } });
    expect((await ask("2020-01-01T00:00:00Z", "2026-01-01T00:00:00Z")).status).toBe(422);
    expect((await ask("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z")).status).toBe(422);
  });
});
