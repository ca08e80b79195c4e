import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import * as operations from "@/lib/openapi/operations";
import { call, errorOf, postAuth, signIn } from "@/testing/api/call";
import { connectionBody } from "@/testing/api/make";
import { makeSession } from "@/testing/api/session";
import { testStack } from "@/testing/api/stack";
import { makeKey, makeProject, makeTenant, makeUser, type Tenant } from "@/testing/api/tenant";

let tenant: Tenant;

beforeAll(async () => {
  tenant = await makeTenant();
});

describe("API keys", () => {
  it.each([
    ["no key", {}],
    ["an unknown key", { authorization: `Bearer pk_${"a".repeat(40)}` }],
    ["an empty key", { authorization: "Bearer " }],
    ["another scheme", { authorization: "Basic YTpi" }],
  ])("401 for %s", async (_, headers) => {
    const answer = await call(operations.listProjects, { headers });
    expect(answer.status).toBe(401);
    expect(errorOf(answer).code).toBe("unauthenticated");
  });

  it("401 for an expired key", async () => {
    const key = await makeKey(tenant, { expiresAt: new Date(Date.now() - 1000) });
    expect((await call(operations.listProjects, { key })).status).toBe(401);
  });

  it("see their own project only", async () => {
    await makeProject(tenant.organizationId);
    const { body } = await call(operations.listProjects, { key: tenant.key });
    expect(body.items.map(({ id }) => id)).toEqual([tenant.projectId]);
  });

  it("403 for another project of the same organization", async () => {
    const other = await makeProject(tenant.organizationId);
    const answer = await call(operations.listExports, { key: tenant.key, params: { projectId: other.id } });
    expect(answer.status).toBe(403);
  });

  it("403 for a write without the scope", async () => {
    const key = await makeKey(tenant, { scopes: ["read"] });
    const params = { projectId: tenant.projectId };
    expect((await call(operations.listConnections, { key, params })).status).toBe(200);
    const answer = await call(operations.createConnection, { key, params, body: connectionBody() });
    expect(answer.status).toBe(403);
    expect(errorOf(answer).message).toContain("write");
  });

  it("are nobody", async () => {
    expect((await call(operations.getMe, { key: tenant.key })).status).toBe(403);
  });
});

describe("sessions", () => {
  it("tell who is signed in", async () => {
    const { login, projectId } = testStack();
    const { body } = await call(operations.getMe, { headers: await signIn(login) });
    expect(body).toMatchObject({ user: { email: login.email }, role: "owner" });
    expect(body.projects.map(({ id }) => id)).toContain(projectId);
  });

  it("write only from the app's own pages", async () => {
    const headers = await makeSession(await makeUser(tenant, "admin"));
    const write = (extra: Record<string, string>) =>
      call(operations.createConnection, {
        headers: { ...headers, ...extra },
        params: { projectId: tenant.projectId },
        body: connectionBody(),
      });
    expect((await write({ origin: "https://elsewhere.example" })).status).toBe(403);
    expect((await write({ "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await write({ origin: testStack().web })).status).toBe(201);
  });

  it("of viewers read, and write nothing", async () => {
    const headers = await makeSession(await makeUser(tenant, "viewer"));
    const params = { projectId: tenant.projectId };
    expect((await call(operations.listConnections, { headers, params })).status).toBe(200);
    const answer = await call(operations.createConnection, { headers, params, body: connectionBody() });
    expect(answer.status).toBe(403);
  });

  it("can't be had by signing up, neither here nor at the door that the library has for it", async () => {
    const eve = { name: "Eve", email: `${randomUUID()}@penstock.test`, password: "a long password" };
    const answer = await call(operations.signUp, { body: { ...eve, organizationName: "Eve's" } });
    expect([answer.status, errorOf(answer).code]).toEqual([403, "sign_up_closed"]);
    expect((await postAuth("sign-up/email", eve)).status).toBeGreaterThanOrEqual(400);
    await expect(makeSession(eve)).rejects.toThrow();
  });
});
