import { DeleteObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { VerifyResult } from "@/lib/fields/verification";
import * as operations from "@/lib/openapi/operations";
import { call, errorOf } from "@/testing/api/call";
import { makeUnverified } from "@/testing/api/make";
import { makeSession } from "@/testing/api/session";
import { makeKey, makeProject, makeTenant, makeUser, type Tenant } from "@/testing/api/tenant";
import { TestBucket } from "@/testing/runs/bucket";
import { TcpProxy } from "@/testing/runs/tcp-proxy";

let bucket: TestBucket;
let tenant: Tenant;
let owner: { cookie: string };
beforeAll(async () => {
  bucket = await TestBucket.make();
});
beforeEach(async () => {
  tenant = await makeTenant();
  owner = await makeSession(await makeUser(tenant, "owner"));
});
afterAll(() => bucket.remove());

/** Keys of the objects that mark a bucket as claimed. */
async function markersIn({ client, name }: TestBucket): Promise<string[]> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: name }));
  return Contents.map(({ Key }) => Key ?? "").filter((key) => key.includes(".penstock/claim-"));
}

const connect = async (to: Tenant, config: object = {}) =>
  (await makeUnverified(to, { bucket: bucket.name, ...config })).id;
const byId = (id: string, { key }: Tenant) => ({ key, params: { id } });
const verify = async (id: string, by: Tenant) => (await call(operations.verifyConnection, byId(id, by))).body;
const bucketStep = ({ steps }: VerifyResult) => steps.find(({ name }) => name === "Bucket");
const listed = async () => (await call(operations.listBuckets, { headers: owner })).body.items;
const release = (id: string) => call(operations.releaseBucket, { headers: owner, params: { id } });

/** Releases the bucket for the next test. */
async function giveUp(connectionIds: string[]): Promise<void> {
  for (const id of connectionIds) await call(operations.deleteConnection, byId(id, tenant));
  for (const { id } of await listed()) expect((await release(id)).status).toBe(204);
}

describe("a bucket", () => {
  it("belongs to the first organization that verifies it, until an owner releases it", async () => {
    const other = await makeTenant();
    const [mine, theirs] = [await connect(tenant), await connect(other, { endpoint: `${process.env.S3_ENDPOINT}/` })];
    expect(bucketStep(await verify(mine, tenant))).toMatchObject({ status: "passed" });
    const refused = await verify(theirs, other);
    expect(refused.ok).toBe(false);
    expect(bucketStep(refused)).toMatchObject({
      status: "failed",
      message: expect.stringContaining("belongs to another organization"),
    });
    const { body } = await call(operations.getConnection, byId(theirs, other));
    expect(body).toMatchObject({ verifiedAt: null, lastVerification: { ok: false } });

    const [claimed] = await listed();
    expect(claimed).toMatchObject({ bucket: bucket.name, endpoint: process.env.S3_ENDPOINT });
    const inUse = await release(claimed!.id);
    expect(inUse.status).toBe(409);
    expect(errorOf(inUse)).toMatchObject({ code: "bucket_in_use", details: [{ path: `connections.${mine}` }] });
    await giveUp([mine]);
    expect(await verify(theirs, other)).toMatchObject({ ok: true });
    // Another organization's bucket can be neither seen nor released.
    expect(await listed()).toEqual([]);
    expect((await release(claimed!.id)).status).toBe(404);
  });

  it("is shared by the projects of one organization", async () => {
    const own = await TestBucket.make();
    const { id: projectId } = await makeProject(tenant.organizationId);
    const neighbour = { ...tenant, projectId, key: await makeKey({ ...tenant, projectId }) };
    for (const project of [tenant, neighbour])
      expect(await verify(await connect(project, { bucket: own.name }), project)).toMatchObject({ ok: true });
    expect((await listed()).length).toBe(1);
    await own.remove();
  });

  it("goes to one of those that verify it at once", async () => {
    const own = await TestBucket.make();
    const tenants = await Promise.all([makeTenant(), makeTenant(), makeTenant(), makeTenant()]);
    const ids = await Promise.all(tenants.map((it) => connect(it, { bucket: own.name })));
    const results = await Promise.all(ids.map((id, index) => verify(id, tenants[index]!)));
    expect(results.filter(({ ok }) => ok).length).toBe(1);
    expect(results.map((it) => bucketStep(it)?.status).sort()).toEqual(["failed", "failed", "failed", "passed"]);
    await own.remove();
  });

  it("belongs to its organization under every name that leads to its storage", async () => {
    const own = await TestBucket.make();
    const alias = await TcpProxy.open(process.env.S3_ENDPOINT ?? "");
    const other = await makeTenant();
    const mine = await connect(tenant, { bucket: own.name, prefix: "mine/" });
    const theirs = await connect(other, { bucket: own.name, endpoint: alias.endpoint, prefix: "theirs/" });
    expect(await verify(mine, tenant)).toMatchObject({ ok: true });
    const [marker] = await markersIn(own);
    const refused = bucketStep(await verify(theirs, other));
    expect(refused).toMatchObject({ status: "failed", fix: expect.stringContaining("delete the object") });
    expect(refused?.message).toContain(`another name for it: it contains that organization's object ${marker}.`);
    // Neither the ledger nor the bucket keeps any of the claim.
    expect(await markersIn(own)).toEqual([marker]);
    expect(await verify(theirs, other)).toMatchObject({ ok: false });
    // A copy of a bucket also holds the marker.
    await own.client.send(new DeleteObjectCommand({ Bucket: own.name, Key: marker! }));
    expect(await verify(theirs, other)).toMatchObject({ ok: true });
    // The first organization keeps its claim.
    expect(await verify(mine, tenant)).toMatchObject({ ok: true });
    await own.remove();
    alias.cut();
  });

  it("is one organization's under several names", async () => {
    const own = await TestBucket.make();
    const alias = await TcpProxy.open(process.env.S3_ENDPOINT ?? "");
    const names = [{ bucket: own.name }, { bucket: own.name, endpoint: alias.endpoint }];
    for (const config of names) expect(await verify(await connect(tenant, config), tenant)).toMatchObject({ ok: true });
    expect((await listed()).length).toBe(2);
    await own.remove();
    alias.cut();
  });

  it("goes to one at most of those that verify it at once under different names", async () => {
    const own = await TestBucket.make();
    const aliases = await Promise.all([0, 1, 2].map(() => TcpProxy.open(process.env.S3_ENDPOINT ?? "")));
    const results = await Promise.all(
      aliases.map(async ({ endpoint }) => {
        const other = await makeTenant();
        return verify(await connect(other, { bucket: own.name, endpoint }), other);
      }),
    );
    expect(results.filter(({ ok }) => ok).length).toBeLessThanOrEqual(1);
    await own.remove();
    await Promise.all(aliases.map((it) => it.cut()));
  });
});
