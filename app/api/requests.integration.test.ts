import { beforeAll, describe, expect, it } from "vitest";
import * as operations from "@/lib/openapi/operations";
import { MIB } from "@/lib/units";
import { call, errorOf } from "@/testing/api/call";
import { makeConnection, makeExport } from "@/testing/api/make";
import { testStack } from "@/testing/api/stack";
import { makeTenant, type Tenant } from "@/testing/api/tenant";

let tenant: Tenant;

beforeAll(async () => {
  tenant = await makeTenant();
});

const create = (body: unknown, headers = {}) =>
  call(operations.createExport, { key: tenant.key, params: { projectId: tenant.projectId }, body, headers });

describe("what was read before", () => {
  it("is not sent again while it is the same", async () => {
    const address = `${testStack().web}/api/projects/${tenant.projectId}`;
    const ask = (headers = {}) =>
      fetch(`${address}/exports`, { headers: { authorization: `Bearer ${tenant.key}`, ...headers } });
    const first = await ask();
    expect(await first.json()).toEqual({ items: [], nextCursor: null });
    const again = { "if-none-match": first.headers.get("etag") ?? "" };
    const same = await ask(again);
    expect([same.status, await same.text()]).toEqual([304, ""]);
    await makeExport(tenant, (await makeConnection(tenant)).id);
    const other = await ask(again);
    expect(other.status).toBe(200);
    expect((await other.json()).items).toHaveLength(1);
  });
});

describe("requests that are wrong", () => {
  it("400 for what is no JSON", async () => {
    const answer = await create('{"name": ');
    expect(answer.status).toBe(400);
    expect(errorOf(answer).message).toContain("JSON");
  });

  it("400 for an id that is none", async () => {
    expect((await call(operations.getExport, { key: tenant.key, params: { id: "7" } })).status).toBe(400);
  });

  it("413 for a body over 1 MB", async () => {
    expect((await create({ name: "x".repeat(MIB) })).status).toBe(413);
  });

  it("422 that names the first field and lists them all", async () => {
    const destination = { type: "s3", prefix: "{yaer}/", kmsKeyId: "key" };
    const answer = await create({
      name: "E",
      connectionId: tenant.projectId,
      destination,
      schedule: { every: "hour" },
    });
    expect(answer.status).toBe(422);
    const { message, details } = errorOf(answer);
    expect(message).toMatch(/^destination\.prefix: Unknown variable \{yaer\}/);
    expect(details?.map(({ path }) => path)).toEqual(["destination.prefix", "destination.kmsKeyId"]);
  });

  it.each([
    ["limit", "0"],
    ["limit", "many"],
    ["cursor", "elsewhere"],
  ])("422 for the query %s=%s", async (name, value) => {
    const params = { projectId: tenant.projectId };
    const answer = await call(operations.listExports, { key: tenant.key, params, query: { [name]: value } });
    expect(answer.status).toBe(422);
    expect(errorOf(answer).details?.[0]?.path).toBe(name);
  });

  it("404 in JSON for an address that is not there", async () => {
    const answer = await fetch(`${testStack().web}/api/nothing/here`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { code: "not_found" } });
  });
});

describe("what everybody may ask", () => {
  it("the health of each part", async () => {
    const { body } = await call(operations.getHealth);
    expect(body.checks).toMatchObject({ postgres: { ok: true }, clickhouse: { ok: true }, temporal: { ok: true } });
    expect(body.clock).toMatchObject({ ok: true, differenceSeconds: 0 });
  });

  it("the document of the API", async () => {
    const { body } = await call(operations.getOpenApi);
    expect(body).toMatchObject({ openapi: "3.1.0", paths: { "/api/exports/{id}": {} } });
  });
});
