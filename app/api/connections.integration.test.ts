import { beforeAll, describe, expect, it } from "vitest";
import * as operations from "@/lib/openapi/operations";
import { call, errorOf } from "@/lib/services/testing/call";
import { connectionBody, makeConnection, makeExport } from "@/lib/services/testing/make";
import { testStack } from "@/lib/services/testing/stack";
import { makeTenant, type Tenant } from "@/lib/services/testing/tenant";

let tenant: Tenant;
let key: string;

beforeAll(async () => {
  tenant = await makeTenant();
  key = tenant.key;
});

describe("connections", () => {
  it("are never answered with their secret", async () => {
    const params = { projectId: tenant.projectId };
    const created = await call(operations.createConnection, { key, params, body: connectionBody() });
    const byId = { key, params: { id: created.body.id } };
    const answers = [
      created,
      await call(operations.listConnections, { key, params }),
      await call(operations.getConnection, byId),
      await call(operations.verifyConnection, byId),
      await call(operations.patchConnection, { ...byId, body: { config: testStack().s3 } }),
    ];
    for (const { text } of answers) {
      expect(text).not.toContain(testStack().s3.secretAccessKey);
      expect(text).not.toContain("secretAccessKey");
    }
    expect(created.body).toMatchObject({ hasSecret: true, config: { accessKeyId: testStack().s3.accessKeyId } });
  });

  it("are verified by writing, and no longer once they point elsewhere", async () => {
    const params = { id: (await makeConnection(tenant)).id };
    const { body: result } = await call(operations.verifyConnection, { key, params });
    expect(result.steps.filter(({ status }) => status !== "passed")).toEqual([]);
    const get = async () => (await call(operations.getConnection, { key, params })).body;
    expect(await get()).toMatchObject({ verifiedAt: expect.any(String), lastVerification: { ok: true } });
    await call(operations.patchConnection, { key, params, body: { name: "Renamed" } });
    expect(await get()).toMatchObject({ name: "Renamed", verifiedAt: expect.any(String) });
    await call(operations.patchConnection, { key, params, body: { config: { bucket: "another" } } });
    expect(await get()).toMatchObject({ verifiedAt: null, lastVerification: null, config: { bucket: "another" } });
  });

  it("keep a secret that is left out, and take a new one", async () => {
    const params = { id: (await makeConnection(tenant)).id };
    const verify = async () => (await call(operations.verifyConnection, { key, params })).body.ok;
    const patch = (config: object) => call(operations.patchConnection, { key, params, body: { config } });
    await patch({ region: testStack().s3.region });
    expect(await verify()).toBe(true);
    await patch({ secretAccessKey: "wrong" });
    expect(await verify()).toBe(false);
    await patch({ secretAccessKey: testStack().s3.secretAccessKey });
    expect(await verify()).toBe(true);
  });

  it("are tried out without being saved", async () => {
    const { type, config } = connectionBody();
    const listed = async () =>
      (await call(operations.listConnections, { key, params: { projectId: tenant.projectId } })).body.items.length;
    const before = await listed();
    const body = { projectId: tenant.projectId, type, config: { ...config, secretAccessKey: "wrong" } };
    const answer = await call(operations.testConnection, { key, body });
    expect(answer.body.ok).toBe(false);
    expect(answer.body.steps.find(({ status }) => status === "failed")?.fix).toBeTruthy();
    expect(await listed()).toBe(before);
  });

  it("are deleted only when no export uses them", async () => {
    const connection = await makeConnection(tenant);
    const exported = await makeExport(tenant, connection.id, { name: "The user" });
    const params = { id: connection.id };
    const refused = await call(operations.deleteConnection, { key, params });
    expect(refused.status).toBe(409);
    expect(errorOf(refused)).toMatchObject({ code: "connection_in_use", message: expect.stringContaining("The user") });
    await call(operations.deleteExport, { key, params: { id: exported.id } });
    expect((await call(operations.deleteConnection, { key, params })).status).toBe(204);
    expect((await call(operations.getConnection, { key, params })).status).toBe(404);
  });
});
