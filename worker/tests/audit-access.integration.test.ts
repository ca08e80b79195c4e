import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { buckets, connections, exports, runs } from "@/lib/db/schema";
import { patchConnection } from "@/lib/services/connections/patch";
import { patchExport } from "@/lib/services/exports/patch";
import { makeTenant } from "@/testing/api/tenant";
import { storage, TestBucket } from "@/testing/runs/bucket";
import { deps } from "@/testing/runs/deps";
import { connect, makeExport, pastHour, type S3Export } from "@/testing/runs/exports";
import { keep, put, remove } from "@/testing/runs/objects";
import { openProject, type TestProject } from "@/testing/runs/project";
import { allow, grant, makeUser } from "@/testing/runs/s3-users";
import { TcpProxy } from "@/testing/runs/tcp-proxy";
import { windowSteps } from "@/testing/runs/window-steps";
import { everything } from "../steps/checks/audit/reading";
import { auditRuns } from "../steps/checks/audit-runs";

let project: TestProject;
const { complete, fill } = windowSteps(() => project);

beforeAll(async () => {
  project = await openProject();
  await fill(pastHour(1), 4);
  await fill(pastHour(2), 4);
});
afterAll(() => project.close());

/** A bucket of its own with two committed windows, the first damaged or not. */
let bucket: TestBucket;
let connectionId: string;
let exported: S3Export;
let ids: string[];

beforeEach(async () => {
  bucket = await TestBucket.make();
  connectionId = (await connect(project, { bucket: bucket.name })).id;
  exported = await makeExport(project, { connectionId, destination: { prefix: "p/" } });
  ids = [await complete(exported, pastHour(2)), await complete(exported, pastHour(1))];
});
afterEach(() => bucket.remove());

const audit = (isDeep = false) => auditRuns(deps(), exported.id, ids, { isDeep, signal: AbortSignal.timeout(60_000) });
const outcomes = async (isDeep = false) => (await audit(isDeep)).map(({ outcome }) => outcome);

const dataOf = async (nth: number) => (await bucket.keys("p/")).filter((key) => !key.endsWith(".json"))[nth]!;

async function as(actions: string[]): Promise<void> {
  const user = await makeUser();
  await allow(bucket, user, actions);
  await patchConnection(project.actor, { id: connectionId, config: { ...user } });
}

describe("an audit with credentials that may", () => {
  it("only list and get objects finds everything, in depth too", async () => {
    await as(["s3:ListBucket", "s3:GetObject"]);
    expect(await audit(true)).toMatchObject([{ outcome: "intact", reason: null }, { outcome: "intact" }]);
    const key = await dataOf(0);
    await put(bucket, key, Buffer.alloc((await keep(bucket, key)).bytes.length, "x"));
    await remove(bucket, await dataOf(1));
    expect(await outcomes()).toEqual(["changed", "missing"]);
  });

  it("only list finds what is missing, and that it can't read what differs", async () => {
    await as(["s3:ListBucket"]);
    expect(await audit()).toMatchObject([{ outcome: "intact", reason: null }, { outcome: "intact" }]);
    const key = await dataOf(0);
    await put(bucket, key, Buffer.alloc((await keep(bucket, key)).bytes.length, "x"));
    await remove(bucket, await dataOf(1));
    expect(await outcomes()).toEqual(["unreadable", "missing"]);
    await put(bucket, key, Buffer.from("shorter"));
    expect(await outcomes()).toEqual(["changed", "missing"]);
    expect(await outcomes(true)).toEqual(["changed", "missing"]);
  });

  it("not read one object finds it unreadable when it should be read", async () => {
    const user = await makeUser();
    const key = await dataOf(0);
    await grant(
      bucket,
      [user],
      [
        { Action: ["s3:ListBucket"], Resource: [bucket.arn] },
        { Action: ["s3:GetObject"], Resource: [`${bucket.arn}/*`] },
        { Effect: "Deny", Action: ["s3:GetObject"], Resource: [`${bucket.arn}/${key}`] },
      ],
    );
    await patchConnection(project.actor, { id: connectionId, config: { ...user } });
    expect(await outcomes()).toEqual(["intact", "intact"]);
    expect(await audit(true)).toMatchObject([
      { kind: "deep", outcome: "unreadable", reason: expect.stringContaining(key) },
      { outcome: "intact" },
    ]);
  });

  it("only get objects looks at each, and says that it could not look for others", async () => {
    await as(["s3:GetObject"]);
    expect(await audit()).toMatchObject([
      { outcome: "intact", reason: expect.stringContaining("can't list") },
      { outcome: "intact" },
    ]);
    await put(bucket, await dataOf(0), Buffer.from("x"));
    expect(await outcomes()).toEqual(["changed", "intact"]);
  });

  it("only get objects can't tell a missing one from one that may not be read, and says so", async () => {
    const user = await makeUser();
    const key = await dataOf(0);
    // Where the credentials may not list, S3 answers a HEAD of an absent object with 403.
    const hide = (keys: string[]) =>
      grant(
        bucket,
        [user],
        [
          { Action: ["s3:GetObject"], Resource: [`${bucket.arn}/*`] },
          { Effect: "Deny", Action: ["s3:GetObject"], Resource: keys.map((one) => `${bucket.arn}/${one}`) },
        ],
      );
    await hide([key]);
    await patchConnection(project.actor, { id: connectionId, config: { ...user } });
    await remove(bucket, key);
    const reason = `is missing or can't be read: ${key}`;
    expect(await audit()).toMatchObject([
      { outcome: "unreadable", reason: expect.stringContaining(reason), found: { rows: null } },
      { outcome: "intact" },
    ]);
    await patchExport(project.actor, { id: exported.id, checks: { expectDeletion: true } });
    expect(await audit()).toMatchObject([
      { outcome: "unknown", reason: expect.stringContaining(reason) },
      { outcome: "intact" },
    ]);
    const all = await bucket.keys("p/");
    await hide([key, ...all]);
    for (const one of all) await remove(bucket, one);
    const unknown = { outcome: "unknown", reason: expect.stringContaining("or all objects are missing") };
    expect(await audit()).toMatchObject([unknown, unknown]);
  });

  it("only get objects looks at the first window whatever time there is, and at no other once it is over", async () => {
    await as(["s3:GetObject"]);
    const reading = { ...everything(), share: 0, until: Date.now() - 1 };
    const signal = AbortSignal.timeout(60_000);
    const inTime = (runIds: string[]) => auditRuns(deps(), exported.id, runIds, { isDeep: false, reading, signal });
    expect(await inTime(ids)).toMatchObject([{ run: { id: ids[0] }, outcome: "intact" }]);
    expect(await inTime(ids.slice(1))).toMatchObject([{ run: { id: ids[1] }, outcome: "intact" }]);
  });

  it("only write knows nothing", async () => {
    await as(["s3:PutObject"]);
    const unknown = { outcome: "unknown", reason: expect.stringContaining("can't list or read") };
    expect(await audit()).toMatchObject([unknown, unknown]);
    expect(await outcomes(true)).toEqual(["unknown", "unknown"]);
  });
});

describe("an audit of a place that can't be looked at", () => {
  const unknown = (reason: string) => {
    const one = { outcome: "unknown", reason: expect.stringContaining(reason), found: { rows: null } };
    return [one, one];
  };

  it("knows nothing while the storage is out of order", async () => {
    const proxy = await TcpProxy.open(storage().endpoint);
    connectionId = (await connect(project, { bucket: bucket.name, endpoint: proxy.endpoint })).id;
    exported = await makeExport(project, { connectionId, destination: { prefix: "q/" } });
    ids = [await complete(exported, pastHour(2)), await complete(exported, pastHour(1))];
    expect(await outcomes()).toEqual(["intact", "intact"]);
    proxy.cut();
    expect(await audit()).toMatchObject(unknown("couldn't be reached").map((one) => ({ ...one, isTemporary: true })));
  });

  it("finds everything missing without its bucket", async () => {
    await bucket.remove();
    expect(await audit()).toMatchObject([
      { outcome: "missing", found: { rows: 0 }, reason: expect.stringContaining("doesn't exist") },
      { outcome: "missing" },
    ]);
    bucket = await TestBucket.make();
  });

  it("knows nothing with a wrong key, without its connection or its secret, or in another organization's bucket", async () => {
    await patchConnection(project.actor, { id: connectionId, config: { secretAccessKey: "wrong" } });
    expect(await audit()).toMatchObject(unknown("doesn't accept"));
    const { organizationId } = await makeTenant();
    const [claim] = await getDb()
      .insert(buckets)
      .values({ organizationId, endpoint: storage().endpoint, bucket: bucket.name })
      .returning();
    expect(await audit()).toMatchObject(unknown("another organization"));
    await getDb().delete(buckets).where(eq(buckets.id, claim!.id));
    const change = (values: object) => getDb().update(connections).set(values).where(eq(connections.id, connectionId));
    await change({ secrets: "v2.gone" });
    expect(await audit()).toMatchObject(unknown("secret can't be decrypted"));
    await change({ deletedAt: new Date() });
    expect(await audit()).toMatchObject(unknown("was deleted"));
  });

  it("looks where the windows are after the connection moved on to another bucket of the same storage", async () => {
    const other = await TestBucket.make();
    await patchConnection(project.actor, { id: connectionId, config: { bucket: other.name } });
    expect(await outcomes()).toEqual(["intact", "intact"]);
    await remove(bucket, await dataOf(1));
    expect(await outcomes()).toEqual(["intact", "missing"]);
    await getDb()
      .update(connections)
      .set({ config: sql`config || '{"endpoint": "http://127.0.0.1:1"}'` })
      .where(eq(connections.id, connectionId));
    expect(await outcomes()).toEqual(["unknown", "unknown"]);
    await other.remove();
  });

  it("takes no object for the export's own by its form once the export writes other keys", async () => {
    const [key] = await bucket.keys("p/");
    await put(bucket, key!.replace(".jsonl", "-r9.jsonl"), Buffer.from("x"));
    expect(await outcomes()).toEqual(["extra", "intact"]);
    await patchExport(project.actor, { id: exported.id, destination: { ...exported.destination, prefix: "new/" } });
    expect(await audit()).toMatchObject([
      { outcome: "intact", reason: expect.stringContaining("with other keys") },
      { outcome: "intact" },
    ]);
  });

  it("knows nothing once retention has removed what the receipt names", async () => {
    await getDb().execute(sql`delete from run_files where run_id = ${ids[0]}`);
    expect(await audit()).toMatchObject([
      { outcome: "unknown", reason: expect.stringContaining("retention") },
      { outcome: "intact" },
    ]);
  });
});

it("has no findings for an export's superseded receipts, or for another export's", async () => {
  await getDb().update(runs).set({ supersededBy: ids[1]! }).where(eq(runs.id, ids[0]!));
  expect(await outcomes()).toEqual(["intact"]);
  const [other] = await getDb()
    .select()
    .from(exports)
    .where(eq(exports.id, (await makeExport(project, { connectionId })).id));
  expect(await auditRuns(deps(), other!.id, ids, { isDeep: false, signal: AbortSignal.timeout(60_000) })).toEqual([]);
});
