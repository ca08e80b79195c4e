import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { auditLog, connections } from "@/lib/db/schema";
import type { S3Config } from "@/lib/destinations/s3/schema";
import * as operations from "@/lib/openapi/operations";
import type { Export } from "@/lib/schemas/export";
import { closeTemporal } from "@/lib/temporal/client";
import { HOUR } from "@/lib/units";
import { call } from "@/testing/api/call";
import { expectSchedule } from "@/testing/api/expect-schedule";
import { makeExport, makeUnverified } from "@/testing/api/make";
import { makeTenant, type Tenant } from "@/testing/api/tenant";
import { storage, TestBucket } from "@/testing/runs/bucket";
import { allow, makeUser, type S3User } from "@/testing/runs/s3-users";
import { until } from "@/testing/runs/until";

let tenant: Tenant;
let bucket: TestBucket;
let user: S3User;
beforeAll(async () => {
  tenant = await makeTenant();
  user = await makeUser();
});
beforeEach(async () => {
  bucket = await TestBucket.make();
});
afterEach(async () => {
  const { body } = await call(operations.listExports, {
    key: tenant.key,
    params: { projectId: tenant.projectId },
  });
  for (const { id } of body.items) await call(operations.deleteExport, { key: tenant.key, params: { id } });
  await bucket.remove();
});
afterAll(() => closeTemporal());

/** A connection to the test bucket, as the S3 root user by default. */
const connect = async (config: object = {}) => (await makeUnverified(tenant, { bucket: bucket.name, ...config })).id;

const byId = (id: string) => ({ key: tenant.key, params: { id } });
const verify = async (id: string) => (await call(operations.verifyConnection, byId(id))).body;
const get = async (id: string) => (await call(operations.getConnection, byId(id))).body;
const patch = (id: string, body: object) => call(operations.patchConnection, { ...byId(id), body });
const runsOf = async ({ id }: Export) => (await call(operations.listRuns, byId(id))).body.items;
const auditOf = (id: string) => getDb().select().from(auditLog).where(eq(auditLog.objectId, id)).orderBy(auditLog.id);

/** Simulates a missing bucket. Through the API, a new address would make the connection unverified. */
async function moveBehindItsBack(id: string, to: string): Promise<void> {
  const { config } = await get(id);
  await getDb()
    .update(connections)
    .set({ config: { ...(config as S3Config), bucket: to } })
    .where(eq(connections.id, id));
}

describe("a connection that is verified", () => {
  it("starts its exports at once, each with its newest whole window, and once only", async () => {
    await allow(bucket, user, ["s3:ListBucket"]);
    const id = await connect(user);
    const hourly = await makeExport(tenant, id, { paused: false });
    const paused = await makeExport(tenant, id, { paused: true });
    const future = await makeExport(tenant, id, { paused: false, startAt: "2199-01-01T00:00:00Z" });
    await expectSchedule(hourly.id, { paused: true });

    const refused = await verify(id);
    expect(refused.ok).toBe(false);
    expect(refused.steps.find(({ status }) => status === "failed")).toMatchObject({
      name: "Write",
      message: expect.stringContaining("s3:PutObject"),
      statement: expect.stringContaining('"s3:PutObject"'),
    });
    expect(await get(id)).toMatchObject({ verifiedAt: null, lastVerifiedAt: expect.any(String) });
    expect(await runsOf(hourly)).toEqual([]);

    await allow(bucket, user, ["s3:ListBucket", "s3:PutObject"]);
    expect(await verify(id)).toMatchObject({ ok: true });
    expect(await get(id)).toMatchObject({ verifiedAt: expect.any(String), lastVerification: { ok: true } });
    await expectSchedule(hourly.id, { paused: false });
    await expectSchedule(paused.id, { paused: true });
    const [run] = await until("the first run was there", async () => {
      const found = await runsOf(hourly);
      return found[0]?.state === "Completed" && found;
    });
    const end = Math.floor(Date.now() / HOUR) * HOUR;
    expect(run).toMatchObject({ trigger: "schedule", intervalEnd: new Date(end).toISOString() });

    expect(await verify(id)).toMatchObject({ ok: true });
    expect((await runsOf(hourly)).length).toBe(1);
    expect(await runsOf(paused)).toEqual([]);
    expect(await runsOf(future)).toEqual([]);
  });

  it("stays so when a later verification fails, and no longer once it leads elsewhere", async () => {
    const id = await connect();
    const exported = await makeExport(tenant, id, { paused: false });
    expect(await verify(id)).toMatchObject({ ok: true });
    const { verifiedAt } = await get(id);
    await moveBehindItsBack(id, "gone");
    expect(await verify(id)).toMatchObject({ ok: false });
    expect(await get(id)).toMatchObject({ verifiedAt, lastVerification: { ok: false } });
    await expectSchedule(exported.id, { paused: false });

    await patch(id, { name: "Renamed" });
    expect(await get(id)).toMatchObject({ name: "Renamed", verifiedAt });
    await patch(id, { config: { bucket: bucket.name } });
    expect(await get(id)).toMatchObject({ verifiedAt: null, lastVerifiedAt: null, lastVerification: null });
    await expectSchedule(exported.id, { paused: true });
  });

  it("runs no schedule while it is switched off, and does not catch up by itself afterwards", async () => {
    const id = await connect();
    const exported = await makeExport(tenant, id, { paused: false });
    await patch(id, { automatic: false });
    expect(await verify(id)).toMatchObject({ ok: true });
    await expectSchedule(exported.id, { paused: true });
    expect(await runsOf(exported)).toEqual([]);
    const end = Math.floor(Date.now() / HOUR) * HOUR;
    const range = { start: new Date(end - HOUR).toISOString(), end: new Date(end).toISOString() };
    const historic = await call(operations.createHistoricExport, { ...byId(exported.id), body: range });
    expect(historic.status).toBe(201);
    await until("the historic export had run", async () => (await runsOf(exported))[0]?.state === "Completed");
    await patch(id, { automatic: true });
    await expectSchedule(exported.id, { paused: false });
    expect((await runsOf(exported)).map(({ trigger }) => trigger)).toEqual(["historic"]);
  });

  it("is told of in the audit log, without a secret", async () => {
    const id = await connect();
    await verify(id);
    await patch(id, { name: "Audited", config: { secretAccessKey: "another-secret" } });
    await call(operations.deleteConnection, byId(id));
    const entries = await auditOf(id);
    expect(entries.map(({ action }) => action)).toEqual([
      "connection.create",
      "connection.verify",
      "connection.update",
      "connection.delete",
    ]);
    expect(entries[2]?.changes.map(({ field }) => field)).toEqual(["config.secretAccessKey", "name"]);
    const text = JSON.stringify(entries);
    expect(text).not.toContain("another-secret");
    expect(text).not.toContain(storage().secretAccessKey);
  });
});
