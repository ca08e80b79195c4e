import { afterEach, beforeAll, describe, expect, it } from "vitest";
import * as operations from "@/lib/openapi/operations";
import { call, errorOf } from "@/testing/api/call";
import { makeConnection, makeExport } from "@/testing/api/make";
import { resetSource } from "@/testing/api/rest";
import { makeSession } from "@/testing/api/session";
import { makeTenant, makeUser, type Tenant } from "@/testing/api/tenant";

let tenant: Tenant;
let headers: { cookie: string };
beforeAll(async () => {
  tenant = await makeTenant();
  headers = await makeSession(await makeUser(tenant, "viewer", { operator: true }));
});
afterEach(() => resetSource());

describe("the source", () => {
  it("is shown without its password, and changed field by field", async () => {
    const first = await call(operations.getSource, { headers });
    expect(first.body).toMatchObject({
      settleSeconds: null,
      defaultSettleSeconds: 0,
      oneRowPerId: false,
      sequentialConsistency: false,
      username: process.env.CLICKHOUSE_USERNAME,
    });
    expect(first.text).not.toContain(process.env.CLICKHOUSE_PASSWORD);
    expect(first.body.setup).toContain("SETTINGS readonly = 2;");
    expect(first.body.setup).toContain(
      `GRANT SELECT ON \`default\`.\`persons\` TO \`${process.env.CLICKHOUSE_USERNAME}\`;`,
    );
    const patched = await call(operations.patchSource, { headers, body: { settleSeconds: 90 } });
    expect(patched.body).toMatchObject({ settleSeconds: 90, oneRowPerId: false });
    const again = await call(operations.patchSource, { headers, body: { oneRowPerId: true } });
    expect(again.body).toMatchObject({ settleSeconds: 90, oneRowPerId: true });
    expect((await call(operations.getSource, { headers })).body).toEqual(again.body);
  });

  it.each([
    [{ settleSeconds: -1 }, "settleSeconds", "Must be 0 or more."],
    [{ settleSeconds: 86_401 }, "settleSeconds", "Must be at most 86400 (one day)."],
    [{ settleSeconds: 1.5 }, "settleSeconds", "Must be a whole number of seconds."],
    [{ oneRowPerId: "yes" }, "oneRowPerId", ""],
  ])("refuses %j", async (body, path, message) => {
    const refused = await call(operations.patchSource, { headers, body });
    expect(refused.status).toBe(422);
    expect(errorOf(refused).details).toMatchObject([{ path, message: expect.stringContaining(message) }]);
  });

  it("passes every step that runs need, with a user who may only read", async () => {
    const { body } = await call(operations.verifySource, { headers });
    expect(body.steps.filter(({ status }) => status === "failed")).toEqual([]);
    expect(body.ok).toBe(true);
    expect(body.steps.map(({ name }) => name)).toEqual([
      ...["Reach", "Settings", "Table events", "Table persons", "Table merged_ids"],
      ...["Clock", "Replicas", "End queries", "Speed", "Duplicates"],
    ]);
    expect(body.steps.find(({ name }) => name === "Replicas")).toMatchObject({
      status: "skipped",
      statement: `GRANT SELECT ON system.replicas TO \`${process.env.CLICKHOUSE_USERNAME}\`;`,
    });
    const { body: kept } = await call(operations.getSource, { headers });
    expect(kept.lastVerification).toEqual(body);
    expect(kept.lastVerifiedAt).not.toBeNull();
  });
});

describe("an export's settle time", () => {
  it("is its own, or that of the source", async () => {
    const { id: connectionId } = await makeConnection(tenant);
    const { id } = await makeExport(tenant, connectionId, { settleSeconds: 300 });
    const asked = { key: tenant.key, params: { id } };
    expect((await call(operations.getExport, asked)).body.settleSeconds).toBe(300);
    const { body } = await call(operations.patchExport, { ...asked, body: { settleSeconds: null } });
    expect(body.settleSeconds).toBeNull();
    expect((await call(operations.patchExport, { ...asked, body: { settleSeconds: -5 } })).status).toBe(422);
  });
});
