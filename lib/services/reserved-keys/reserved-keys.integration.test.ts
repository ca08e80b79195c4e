import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { auditLog, connections, objectKeys } from "@/lib/db/schema";
import { canonicalAddress } from "@/lib/destinations/canonical-address";
import * as operations from "@/lib/openapi/operations";
import { call, errorOf } from "@/testing/api/call";
import { makeConnection, makeExport, makeKeys, makeRun } from "@/testing/api/make";
import { makeSession } from "@/testing/api/session";
import { makeTenant, makeUser, type Tenant } from "@/testing/api/tenant";

const window = { intervalStart: new Date("2026-01-01T00:00:00Z"), intervalEnd: new Date("2026-01-01T01:00:00Z") };

let tenant: Tenant;
let owner: { cookie: string };
let exportId: string;
let present: string;
beforeEach(async () => {
  tenant = await makeTenant();
  owner = await makeSession(await makeUser(tenant, "owner"));
  const { id } = await makeConnection(tenant);
  const [connection] = await getDb().select().from(connections).where(eq(connections.id, id));
  present = canonicalAddress(connection!);
  exportId = (await makeExport(tenant, id, { name: "Leaves keys" })).id;
});

/** No two tests may share a key. */
const unique = (name: string) => `${exportId}/${name}`;
const listed = async () =>
  (await call(operations.listReservedKeys, { key: tenant.key, params: { projectId: tenant.projectId } })).body.items;
const release = () => call(operations.releaseKeys, { headers: owner, params: { id: exportId } });
const reserved = async () => {
  const rows = await getDb().select().from(objectKeys).where(eq(objectKeys.exportId, exportId));
  return rows.map(({ key }) => key).sort();
};
const remove = () => call(operations.deleteExport, { key: tenant.key, params: { id: exportId } });

describe("reserved keys", () => {
  it("are listed by export and bucket, and those of a bucket that the export has left can be released", async () => {
    await makeKeys(tenant, exportId, [unique("b"), unique("a")]);
    await makeKeys(tenant, exportId, [unique("now")], { address: present });
    const of = { exportId, exportName: "Leaves keys", isDeleted: false };
    expect(await listed()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          ...of,
          bucket: "left-behind",
          count: 2,
          exampleKey: unique("a"),
          canBeReleased: true,
        }),
        expect.objectContaining({ ...of, count: 1, exampleKey: unique("now"), canBeReleased: false }),
      ]),
    );
    expect((await release()).body).toEqual({ released: 2 });
    expect(await reserved()).toEqual([unique("now")]);
    expect((await listed()).map(({ count }) => count)).toEqual([1]);

    const again = await release();
    expect([again.status, errorOf(again).code]).toEqual([409, "keys_in_use"]);
    const entries = await getDb().select().from(auditLog).where(eq(auditLog.objectId, exportId));
    expect(entries.filter(({ action }) => action === "keys.release")).toMatchObject([
      { objectName: "Leaves keys", projectId: tenant.projectId, changes: [{ field: "released", after: 2 }] },
    ]);
  });

  it("of a deleted export can all be released, once", async () => {
    await makeKeys(tenant, exportId, [unique("left")]);
    await makeKeys(tenant, exportId, [unique("now")], { address: present });
    expect((await remove()).status).toBe(204);
    expect((await listed()).map(({ isDeleted, canBeReleased }) => [isDeleted, canBeReleased])).toEqual([
      [true, true],
      [true, true],
    ]);
    expect((await release()).body).toEqual({ released: 2 });
    expect(await reserved()).toEqual([]);
    expect((await release()).body).toEqual({ released: 0 });
  });

  it("of a run that is under way stay reserved", async () => {
    const runId = await makeRun(tenant, exportId, { ...window, state: "Running" });
    await makeKeys(tenant, exportId, [unique("running")], { runId });
    await makeKeys(tenant, exportId, [unique("ended")]);
    expect((await remove()).status).toBe(204);
    expect((await release()).body).toEqual({ released: 1 });
    expect(await reserved()).toEqual([unique("running")]);
    const refused = await release();
    expect(refused.status).toBe(409);
    expect(errorOf(refused)).toMatchObject({
      code: "keys_in_use",
      message: expect.stringContaining("still in progress"),
    });
  });

  it("are nobody else's to see or to release", async () => {
    await makeKeys(tenant, exportId, [unique(randomUUID())]);
    const other = await makeTenant();
    const stranger = await makeSession(await makeUser(other, "owner"));
    const asked = await call(operations.releaseKeys, { headers: stranger, params: { id: exportId } });
    expect(asked.status).toBe(404);
    const admin = await makeSession(await makeUser(tenant, "admin"));
    expect((await call(operations.releaseKeys, { headers: admin, params: { id: exportId } })).status).toBe(403);
    expect(await reserved()).toHaveLength(1);
  });
});
