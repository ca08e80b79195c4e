import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import * as operations from "@/lib/openapi/operations";
import { call, errorOf } from "@/testing/api/call";
import { makeConnection } from "@/testing/api/make";
import { makeSession } from "@/testing/api/session";
import { makeKey, makeProject, makeTenant, makeUser, type Tenant } from "@/testing/api/tenant";

let bucket: string;
let tenant: Tenant;
beforeEach(async () => {
  bucket = `keys-${randomUUID()}`;
  tenant = await makeTenant();
});

const connect = async (to: Tenant, name = bucket) => (await makeConnection(to, { bucket: name })).id;

const save = (
  { projectId, key }: Pick<Tenant, "projectId" | "key">,
  connectionId: string,
  destination: object,
  asked: { headers: Record<string, string> } | { key: string } = { key },
) =>
  call(operations.createExport, {
    ...asked,
    params: { projectId },
    body: {
      name: "The first one",
      connectionId,
      destination: { type: "s3", ...destination },
      schedule: { every: "hour" },
      paused: true,
    },
  });

/** Another project of the same organization, with a key and a connection to the same bucket. */
async function neighbour() {
  const { organizationId } = tenant;
  const { id: projectId, sourceProjectId } = await makeProject(organizationId);
  const project = { organizationId, projectId, sourceProjectId, key: await makeKey({ organizationId, projectId }) };
  return { ...project, connectionId: await connect(project) };
}

describe("an export that could write another one's keys is refused", () => {
  it("with an example, and the other's name where the asker may see it", async () => {
    const connectionId = await connect(tenant);
    const first = await save(tenant, connectionId, { prefix: "cl/{table_name}/" });
    const refused = await save(tenant, connectionId, { prefix: "cl/events/", format: "csv" });
    expect(refused.status).toBe(409);
    expect(errorOf(refused)).toEqual({
      code: "prefix_taken",
      message:
        "“The first one” writes the same keys to this bucket, such as cl/events/20260329T000000Z-20260329T010000Z_manifest.json, so they would overwrite each other's files. Choose another prefix.",
      details: [{ path: `exports.${first.body.id}`, message: "The first one" }],
    });
  });

  it("without the name of what belongs to another organization or project", async () => {
    await save(tenant, await connect(tenant), { prefix: "f/{year}/" });
    const stranger = await makeTenant();
    const beside = await neighbour();
    const asked = [
      await save(stranger, await connect(stranger), { prefix: "f/2025/" }),
      await save(beside, beside.connectionId, { prefix: "f/2025/" }),
    ];
    for (const refused of asked) {
      const { code, message, details } = errorOf(refused);
      expect([refused.status, code, details]).toEqual([409, "prefix_taken", undefined]);
      expect(message).toMatch(/^Another export .* such as f\/2025\/2025\d{4}T/);
    }
    const headers = await makeSession(await makeUser(tenant, "owner"));
    const seen = await save(beside, beside.connectionId, { prefix: "f/2025/" }, { headers });
    expect(errorOf(seen).message).toContain("“The first one”");
  });

  it("also when a connection comes to lead to the other's bucket", async () => {
    await save(tenant, await connect(tenant), { prefix: "moved/" });
    const elsewhere = await connect(tenant, `${bucket}-2`);
    const { body } = await save(tenant, elsewhere, { prefix: "moved/" });
    const moved = await call(operations.patchConnection, {
      key: tenant.key,
      params: { id: elsewhere },
      body: { config: { bucket } },
    });
    expect([moved.status, errorOf(moved).code]).toEqual([409, "prefix_taken"]);
    const free = await call(operations.patchExport, {
      key: tenant.key,
      params: { id: body.id },
      body: { destination: { type: "s3", prefix: "free/" } },
    });
    expect(free.status).toBe(200);
  });

  it("also of many that are saved at once, in one folder or in another's, whatever the organization", async () => {
    const prefixes = ["raw/{year}/", "raw/2026/", "{year}/", "2026/", "raw/{table_name}/{day}/", "raw/events/07/"];
    // Of each two that conflict, one is in the other's folder or below it.
    const twins = Array.from({ length: 3 }, () => prefixes).flat();
    const made = await Promise.all([makeTenant(), makeTenant()]);
    const connections = await Promise.all(made.map((it) => connect(it)));
    const answers = await Promise.all(
      twins.map((prefix, index) => save(made[index % 2]!, connections[index % 2]!, { prefix })),
    );
    const won = twins.filter((_, index) => answers[index]!.status === 201);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(twins.length - 3);
    expect(won.map((prefix) => Math.floor(prefixes.indexOf(prefix) / 2)).sort()).toEqual([0, 1, 2]);
  });

  it("not any more once the other has left the place, but then at the place where it went", async () => {
    const connectionId = await connect(tenant);
    const { body: first } = await save(tenant, connectionId, { prefix: "a/" });
    const patch = (body: object) => call(operations.patchExport, { key: tenant.key, params: { id: first.id }, body });
    expect((await patch({ destination: { type: "s3", prefix: "b/" } })).status).toBe(200);
    expect((await save(tenant, connectionId, { prefix: "b/" })).status).toBe(409);
    const { body: second } = await save(tenant, connectionId, { prefix: "a/" });
    expect((await patch({ destination: { type: "s3", prefix: "a/" } })).status).toBe(409);
    await call(operations.deleteExport, { key: tenant.key, params: { id: second.id } });
    expect((await patch({ destination: { type: "s3", prefix: "a/" } })).status).toBe(200);
  });

  it("at the bucket that its connection came to lead to, and not at the one before", async () => {
    const moved = await connect(tenant, `${bucket}-2`);
    await save(tenant, moved, { prefix: "m/" });
    const config = { bucket };
    expect(
      (await call(operations.patchConnection, { key: tenant.key, params: { id: moved }, body: { config } })).status,
    ).toBe(200);
    const stranger = await makeTenant();
    expect((await save(stranger, await connect(stranger), { prefix: "m/" })).status).toBe(409);
    expect((await save(stranger, await connect(stranger, `${bucket}-2`), { prefix: "m/" })).status).toBe(201);
  });

  it("also of several that are saved at once", async () => {
    const tenants = await Promise.all([makeTenant(), makeTenant(), makeTenant(), makeTenant()]);
    const connections = await Promise.all(tenants.map((it) => connect(it)));
    const answers = await Promise.all(
      tenants.map((it, index) => save(it, connections[index]!, { prefix: "at-once/" })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });
});

describe("exports that can't meet share a bucket", () => {
  it("in Amplitude's layout by project, unless merged ids are filed under one number", async () => {
    const beside = await neighbour();
    const connectionId = await connect(tenant);
    const amplitude = { layout: "amplitude", prefix: "a/" };
    expect((await save(tenant, connectionId, amplitude)).status).toBe(201);
    expect((await save(beside, beside.connectionId, amplitude)).status).toBe(201);
    const merged = (project: Tenant, id: string) =>
      call(operations.createExport, {
        key: project.key,
        params: { projectId: project.projectId },
        body: {
          name: "Merged ids",
          model: "merged_ids",
          connectionId: id,
          destination: { type: "s3", ...amplitude, orgId: 7 },
          schedule: { every: "hour" },
          paused: true,
        },
      });
    expect((await merged(tenant, connectionId)).status).toBe(201);
    expect(errorOf(await merged(beside, beside.connectionId)).code).toBe("prefix_taken");
  });
});

it("a prefix that makes keys longer than S3 takes is refused at its field", async () => {
  const refused = await save(tenant, await connect(tenant), { prefix: `${"ü".repeat(500)}/` });
  expect(refused.status).toBe(422);
  expect(errorOf(refused).details).toEqual([
    { path: "destination.prefix", message: expect.stringMatching(/^Keys would have up to 10\d\d bytes/) },
  ]);
});
