import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { apiKeys } from "@/lib/db/schema";
import * as operations from "@/lib/openapi/operations";
import { HOUR } from "@/lib/units";
import { call, errorOf } from "@/testing/api/call";
import { makeSession } from "@/testing/api/session";
import { makeTenant, makeUser, type Tenant } from "@/testing/api/tenant";

let tenant: Tenant;
let owner: { cookie: string };
let admin: { cookie: string };

beforeAll(async () => {
  tenant = await makeTenant();
  owner = await makeSession(await makeUser(tenant, "owner"));
  admin = await makeSession(await makeUser(tenant, "admin"));
});

const make = (body: object, headers = admin) =>
  call(operations.createApiKey, {
    headers,
    params: { projectId: tenant.projectId },
    body: { name: "A key", scopes: ["read", "write"], ...body },
  });

describe("an API key", () => {
  it("is shown once, used, and refused from its revocation on", async () => {
    const { body, text } = await make({ name: "Reader", scopes: ["read", "read"] });
    const { key, ...rest } = body;
    expect(rest).toMatchObject({ name: "Reader", scopes: ["read"], role: "admin", lastUsedAt: null, revokedAt: null });
    expect(key.startsWith(rest.prefix)).toBe(true);
    expect(text.split(key)).toHaveLength(2);

    const params = { projectId: tenant.projectId };
    const ask = () => call(operations.listExports, { key, params });
    expect((await ask()).status).toBe(200);
    const list = await call(operations.listApiKeys, { headers: admin, params });
    expect(list.text).not.toContain(key);
    expect(list.body.items.find(({ id }) => id === rest.id)).toMatchObject({
      createdBy: expect.stringContaining("Tester"),
      lastUsedAt: expect.any(String),
    });
    const [row] = await getDb().select().from(apiKeys).where(eq(apiKeys.id, rest.id));
    expect(JSON.stringify(row)).not.toContain(key);

    const revoke = () => call(operations.revokeApiKey, { headers: admin, params: { id: rest.id } });
    expect((await revoke()).status).toBe(204);
    expect((await ask()).status).toBe(401);
    expect((await revoke()).status).toBe(204);
    const log = await call(operations.listAudit, { headers: admin, query: { objectId: rest.id } });
    expect(log.body.items.map(({ action }) => action)).toEqual(["api-key.revoke", "api-key.create"]);
    expect(log.text).not.toContain(key);
  });

  it("may no more than its maker might", async () => {
    const params = { projectId: tenant.projectId };
    const ofAdmin = (await make({})).body.key;
    const ofOwner = (await make({}, owner)).body.key;
    const gone = { id: "5b0f3f0e-8a4b-4c55-9d0c-1f3f5f0f9a10" };
    const refused = await call(operations.deleteExport, { key: ofAdmin, params: gone });
    expect(refused.status).toBe(403);
    expect(errorOf(refused).message).toContain("This API key's creator is an admin");
    expect((await call(operations.deleteExport, { key: ofOwner, params: gone })).status).toBe(404);
    expect(
      (await call(operations.createApiKey, { key: ofOwner, params, body: { name: "x", scopes: ["read"] } })).status,
    ).toBe(403);
  });

  it("expires in the future, or never", async () => {
    const past = await make({ expiresAt: new Date(Date.now() - 1000).toISOString() });
    expect(past.status).toBe(422);
    expect(errorOf(past).details).toEqual([{ path: "expiresAt", message: "Must be in the future." }]);
    const expiresAt = new Date(Date.now() + HOUR).toISOString();
    expect((await make({ expiresAt })).body.expiresAt).toBe(expiresAt);
    expect((await make({})).body.expiresAt).toBeNull();
    expect((await make({ scopes: [] })).status).toBe(422);
  });
});
