import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { connections } from "@/lib/db/schema";
import { s3ConfigSchema } from "@/lib/destinations/s3/schema";
import * as operations from "@/lib/openapi/operations";
import { sealConnectionSecret } from "@/lib/services/connections/secrets";
import { call, errorOf } from "@/testing/api/call";
import { connectionBody, makeConnection, makeExport, makeUnverified } from "@/testing/api/make";
import { testStack } from "@/testing/api/stack";
import { makeTenant, type Tenant } from "@/testing/api/tenant";

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
      await call(operations.testConnection, { key, body: { ...connectionBody(), projectId: tenant.projectId } }),
      await call(operations.patchConnection, { ...byId, body: { config: testStack().s3 } }),
    ];
    for (const { text } of answers) {
      expect(text).not.toContain(testStack().s3.secretAccessKey);
      expect(text).not.toContain("secretAccessKey");
    }
    expect(created.body).toMatchObject({ hasSecret: true, config: { accessKeyId: testStack().s3.accessKeyId } });
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

  it("keep their secret when it is left out, and lose it with the way of authentication that needs it", async () => {
    const { id } = await makeUnverified(tenant, { bucket: "a-bucket" });
    const patch = (config: object) => call(operations.patchConnection, { key, params: { id }, body: { config } });
    expect((await patch({ region: "eu-central-1" })).body).toMatchObject({ hasSecret: true, verifiedAt: null });
    const lacking = await patch({ accessKeyId: null });
    expect(lacking.status).toBe(422);
    expect(errorOf(lacking).details).toEqual([{ path: "config.accessKeyId", message: "Enter the access key ID." }]);
    // This installation has no AWS principal.
    const role = await patch({ auth: "role", roleArn: "arn:aws:iam::123456789012:role/penstock" });
    expect(role.status).toBe(422);
    expect(errorOf(role)).toMatchObject({
      message: expect.stringContaining("PENSTOCK_AWS_PRINCIPAL_ARN"),
      details: [{ path: "config.auth" }],
    });
  });

  it.each([
    "http://[::1]:9000",
    "http://0.0.0.0:9000",
    "http://[::ffff:10.0.0.1]",
    "http://169.254.169.254",
    "http://10.0.0.1",
    "http://127.0.0.2",
  ])("do not lead to %s", async (endpoint) => {
    const params = { projectId: tenant.projectId };
    const { type, name, config } = connectionBody();
    const elsewhere = { ...config, endpoint };
    const refused = await call(operations.createConnection, { key, params, body: { type, name, config: elsewhere } });
    expect(refused.status).toBe(422);
    expect(errorOf(refused).details?.[0]?.path).toBe("config.endpoint");
    const tried = await call(operations.testConnection, { key, body: { type, config: elsewhere } });
    expect(tried.body.steps[0]).toMatchObject({ name: "Address", status: "failed" });

    const { id } = await makeUnverified(tenant);
    const given = { endpoint, secretAccessKey: config.secretAccessKey };
    const patched = await call(operations.patchConnection, { key, params: { id }, body: { config: given } });
    expect(patched.status).toBe(422);
    expect(errorOf(patched).details?.[0]?.path).toBe("config.endpoint");
    // As if the name had resolved elsewhere when saved.
    const saved = { ...s3ConfigSchema.parse(config), endpoint };
    const secrets = sealConnectionSecret({ id, type, config: saved }, { secretAccessKey: config.secretAccessKey });
    await getDb().update(connections).set({ config: saved, secrets }).where(eq(connections.id, id));
    const verified = await call(operations.verifyConnection, { key, params: { id } });
    expect(verified.body).toMatchObject({ ok: false, steps: expect.arrayContaining([tried.body.steps[0]]) });
  });

  it("hold their exports below their prefix", async () => {
    const { id } = await makeConnection(tenant, { bucket: "a-bucket", prefix: "team/" });
    const make = (prefix: string) =>
      call(operations.createExport, {
        key,
        params: { projectId: tenant.projectId },
        body: {
          name: "Below",
          connectionId: id,
          destination: { type: "s3", prefix },
          schedule: { every: "hour" },
          paused: true,
        },
      });
    const outside = await make("elsewhere/");
    expect(outside.status).toBe(422);
    expect(errorOf(outside).details?.[0]?.path).toBe("destination.prefix");
    const inside = await make("team/{year}/");
    expect(inside.status).toBe(201);
    const twin = await make("team/{year}/");
    expect(twin.status).toBe(409);
    expect(errorOf(twin)).toMatchObject({ code: "prefix_taken", message: expect.stringContaining("Below") });

    const patch = (prefix: string) =>
      call(operations.patchConnection, { key, params: { id }, body: { config: { prefix } } });
    const moved = await patch("other/");
    expect(moved.status).toBe(409);
    expect(errorOf(moved)).toMatchObject({ code: "prefix_in_use", details: [{ path: `exports.${inside.body.id}` }] });
    expect((await patch("")).status).toBe(200);
    await call(operations.deleteExport, { key, params: { id: inside.body.id } });
    expect((await make("team/{year}/")).status).toBe(201);
  });

  it("come with the policy to paste", async () => {
    const body = { type: "s3" as const, bucket: "a-bucket", prefix: "team/" };
    const { body: policy } = await call(operations.generatePolicy, { key, body });
    expect(policy).toMatchObject({ bucketPolicy: null, trustPolicy: null, kmsStatement: null, principal: null });
    expect(policy.iamPolicy.Statement[0]).toMatchObject({
      Action: ["s3:ListBucket"],
      Resource: ["arn:aws:s3:::a-bucket"],
    });
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
