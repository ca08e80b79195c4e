import { CopyObjectCommand, DeleteObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { buckets, exports, objectKeys, runs } from "@/lib/db/schema";
import { patchConnection } from "@/lib/services/connections/patch";
import { patchExport } from "@/lib/services/exports/patch";
import { cleanRun } from "@/lib/services/run-engine/clean-run";
import { endRun } from "@/lib/services/run-engine/end-run";
import { getReceipt } from "@/lib/services/runs/get-receipt";
import { listRunLogs } from "@/lib/services/runs/list-logs";
import { makeTenant } from "@/lib/services/testing/tenant";
import { micros } from "@/lib/source/time";
import type { Window } from "@/lib/windows";
import { storage, TestBucket } from "./testing/bucket";
import { commit, makeRun, plan, putFiles, runOf } from "./testing/destinations/steps";
import { eventRow, insertEvents } from "./testing/events";
import { connect, makeExport, pastHour, type S3Export } from "./testing/exports";
import { openProject, type TestProject } from "./testing/project";
import { measure } from "./testing/proof";
import { allow, makeUser } from "./testing/s3-users";

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

const rowsIn = (window: Window, count: number) =>
  insertEvents(
    project.sourceProjectId,
    Array.from({ length: count }, (_, index) => eventRow(micros(window.start) + 1000 + index)),
  );

const receiptOf = (id: string) => getReceipt(project.actor, { id });
const logOf = async (id: string) => (await listRunLogs(project.actor, { id, limit: 200 })).items;

/** Plans a run of a window, puts its files and commits it. */
async function complete(exported: S3Export, window: Window): Promise<string> {
  const id = await makeRun(project, exported, window);
  await plan(id);
  await putFiles(id);
  await commit(id);
  return id;
}

const etags = async (bucket: TestBucket, prefix: string) =>
  Promise.all(
    (await bucket.keys(prefix)).map(async (Key) => {
      const { ETag, Metadata } = await bucket.client.send(new HeadObjectCommand({ Bucket: bucket.name, Key }));
      return { Key, ETag, Metadata };
    }),
  );

const failing = (code: string) => ({ failure: { code, retryable: false } });

describe("an export whose prefix was changed", () => {
  it("keeps its old keys from others until its window has moved, and removes no other export's files", async () => {
    const window = pastHour(30);
    await rowsIn(window, 30);
    const a = await makeExport(project, { destination: { prefix: "stale/a/" } });
    await complete(a, window);
    await patchExport(project.actor, { id: a.id, destination: { ...a.destination, prefix: "stale/b/" } });
    const b = await makeExport(project, { destination: { prefix: "stale/a/" } });
    const before = await etags(project.bucket, "stale/a/");
    const refused = await makeRun(project, b, window);
    await expect(plan(refused)).rejects.toMatchObject(failing("keys_conflict"));
    await endRun(refused, "Failed", null);
    expect(await etags(project.bucket, "stale/a/")).toEqual(before);

    // The window moves: its files at the old keys go, and the keys are free.
    await complete(a, window);
    expect(await project.bucket.keys("stale/a/")).toEqual([]);
    const ofB = await complete(b, window);
    const theirs = await etags(project.bucket, "stale/a/");
    await complete(a, window);
    expect(await etags(project.bucket, "stale/a/")).toEqual(theirs);
    expect(await measure(project.bucket, await receiptOf(ofB))).toMatchObject([{ rows: 30 }]);
  });

  it("leaves objects that somebody else has put under its old keys", async () => {
    const window = pastHour(31);
    await rowsIn(window, 3);
    const exported = await makeExport(project, { destination: { prefix: "foreign/a/" } });
    const first = await complete(exported, window);
    const Key = (await receiptOf(first)).files[0]!.key;
    await project.bucket.client.send(new PutObjectCommand({ Bucket: project.bucket.name, Key, Body: "theirs" }));
    await patchExport(project.actor, {
      id: exported.id,
      destination: { ...exported.destination, prefix: "foreign/b/" },
    });
    const second = await complete(exported, window);
    expect(await project.bucket.keys("foreign/a/")).toEqual([Key]);
    expect((await project.bucket.bytes(Key)).toString()).toBe("theirs");
    expect(await logOf(second)).toContainEqual(
      expect.objectContaining({ file: Key, message: expect.stringMatching(/^Stays: the object does not prove/) }),
    );
  });
});

describe("a window that is exported again", () => {
  it("is not uploaded again where nothing has changed", async () => {
    const window = pastHour(32);
    await rowsIn(window, 10);
    const exported = await makeExport(project, { destination: { prefix: "same/" } });
    const first = await complete(exported, window);
    const before = await etags(project.bucket, "same/");
    const second = await complete(exported, window);
    expect((await receiptOf(second)).files).toEqual((await receiptOf(first)).files);
    const after = await etags(project.bucket, "same/");
    const data = (all: typeof before) => all.filter(({ Key }) => !Key.endsWith("_manifest.json"));
    expect(data(after)).toEqual(data(before));
    expect((await receiptOf(second)).compared).toBe("listing");
    expect((await runOf(first)).supersededBy).toBe(second);
  });

  it("writes a file again that is gone or was changed", async () => {
    const window = pastHour(33);
    await rowsIn(window, 10);
    const exported = await makeExport(project, { destination: { prefix: "damaged/" } });
    const first = await complete(exported, window);
    const Key = (await receiptOf(first)).files[0]!.key;
    await project.bucket.client.send(new DeleteObjectCommand({ Bucket: project.bucket.name, Key }));
    const second = await complete(exported, window);
    expect((await receiptOf(second)).files).toMatchObject([{ key: Key }]);
    await project.bucket.client.send(new PutObjectCommand({ Bucket: project.bucket.name, Key, Body: "other" }));
    const third = await complete(exported, window);
    expect((await receiptOf(third)).files).toMatchObject([{ key: Key.replace(".jsonl", "-r2.jsonl"), rows: 10 }]);
    expect((await project.bucket.bytes(Key)).toString()).toBe("other");
  });

  it("is written under new names when it has changed, and the old receipt is true until then", async () => {
    const window = pastHour(34);
    await rowsIn(window, 10);
    const exported = await makeExport(project, { destination: { prefix: "late/" } });
    const first = await complete(exported, window);
    const receipt = await receiptOf(first);
    await rowsIn(window, 5);
    const abandoned = await makeRun(project, exported, window);
    await plan(abandoned);
    await putFiles(abandoned);
    // Ended before its commit: the old manifest and its file are as they were.
    await endRun(abandoned, "Cancelled", null);
    const [manifest] = (await project.bucket.keys("late/")).filter((key) => key.endsWith("_manifest.json"));
    expect(await project.bucket.json(manifest!)).toEqual(receipt);
    expect(await measure(project.bucket, receipt)).toEqual(receipt.files.map(({ etag: _, ...file }) => file));

    const third = await complete(exported, window);
    const files = (await receiptOf(third)).files;
    expect(files).toMatchObject([{ key: expect.stringMatching(/-r3\.jsonl\.gz$/), rows: 15 }]);
    expect(await project.bucket.keys("late/")).toEqual([files[0]!.key, manifest!].sort());
    expect(await project.bucket.json(manifest!)).toMatchObject({ runId: third });
  });

  it("has its manifest removed first where the layout's names can't change", async () => {
    const window = pastHour(35);
    await rowsIn(window, 10);
    const exported = await makeExport(project, { destination: { prefix: "ampl/", layout: "amplitude" } });
    const first = await complete(exported, window);
    const keys = await project.bucket.keys("ampl/");
    await rowsIn(window, 5);
    const second = await makeRun(project, exported, window);
    await plan(second);
    expect((await runOf(first)).supersededBy).toBe(second);
    expect(await project.bucket.keys("ampl/")).toEqual(keys.filter((key) => !key.includes("_manifests/")));
    await putFiles(second);
    await commit(second);
    expect(await project.bucket.keys("ampl/")).toEqual(keys);
    const receipt = await receiptOf(second);
    expect(receipt.files).toMatchObject([{ rows: 15 }]);
    expect(await measure(project.bucket, receipt)).toEqual(receipt.files.map(({ etag: _, ...file }) => file));
  });

  it("says in its receipt and log when the credentials may not look, and leaves what it can't prove", async () => {
    const window = pastHour(36);
    await rowsIn(window, 10);
    const user = await makeUser();
    await allow(project.bucket, user, ["s3:PutObject"]);
    const { id: connectionId } = await connect(project, user);
    const exported = await makeExport(project, { connectionId, destination: { prefix: "blind/" } });
    await complete(exported, window);
    await rowsIn(window, 5);
    const second = await complete(exported, window);
    const receipt = await receiptOf(second);
    expect(receipt).toMatchObject({ compared: "no", rows: 15 });
    expect(await project.bucket.keys("blind/")).toHaveLength(3);
    expect(await logOf(second)).toContainEqual(
      expect.objectContaining({ message: expect.stringMatching(/^Stays if it is there/) }),
    );
    const manifest = (await project.bucket.keys("blind/")).find((key) => key.endsWith("_manifest.json"));
    expect(await project.bucket.json(manifest!)).toEqual(receipt);
  });

  it("works with credentials that may only list and put", async () => {
    const window = pastHour(37);
    await rowsIn(window, 10);
    const user = await makeUser();
    await allow(project.bucket, user, ["s3:ListBucket", "s3:PutObject"]);
    const { id: connectionId } = await connect(project, user);
    const exported = await makeExport(project, { connectionId, destination: { prefix: "listing/" } });
    await complete(exported, window);
    await rowsIn(window, 5);
    const second = await complete(exported, window);
    expect(await receiptOf(second)).toMatchObject({ compared: "listing", rows: 15 });
    expect(await logOf(second)).toContainEqual(
      expect.objectContaining({ message: expect.stringMatching(/may not delete/) }),
    );
  });
});

describe("a run whose connection is changed", () => {
  it("is planned for the new address before anything was written, and ends after that", async () => {
    const window = pastHour(38);
    await rowsIn(window, 10);
    const [one, two] = [await TestBucket.make(), await TestBucket.make()];
    const { id: connectionId } = await connect(project, { bucket: one.name });
    const exported = await makeExport(project, { connectionId, destination: { prefix: "moved/" } });
    const id = await makeRun(project, exported, window);
    await plan(id);
    await patchConnection(project.actor, { id: connectionId, config: { bucket: two.name } });
    await expect(putFiles(id)).rejects.toMatchObject({ failure: { code: "plan_mismatch", retryable: true } });
    await plan(id);
    await putFiles(id);
    expect(await one.keys()).toEqual([]);
    await patchConnection(project.actor, { id: connectionId, config: { bucket: one.name } });
    await expect(commit(id)).rejects.toMatchObject({
      failure: {
        code: "connection_moved",
        retryable: false,
        message: expect.stringContaining(`1 file to s3://${two.name}/, but its connection leads to s3://${one.name}/`),
      },
    });
    expect(await one.keys()).toEqual([]);
    expect((await two.keys()).filter((key) => key.endsWith("_manifest.json"))).toEqual([]);
    await endRun(id, "Failed", null);
    // A retry leaves what is out of reach, and says so.
    const second = await complete(exported, window);
    expect(await two.keys()).toHaveLength(1);
    expect(await logOf(second)).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining(`s3://${two.name}/ stays there`) }),
    );
    await Promise.all([one.remove(), two.remove()]);
  });

  it("goes on with a new secret, and stays with its connection when its export gets another", async () => {
    const window = pastHour(39);
    await rowsIn(window, 10);
    const user = await makeUser();
    await allow(project.bucket, user, ["s3:PutObject", "s3:ListBucket"]);
    const { id: connectionId } = await connect(project);
    const exported = await makeExport(project, { connectionId, destination: { prefix: "secret/" } });
    const id = await makeRun(project, exported, window);
    await plan(id);
    await putFiles(id);
    await patchConnection(project.actor, { id: connectionId, config: { ...user } });
    const other = await TestBucket.make();
    const { id: otherId } = await connect(project, { bucket: other.name });
    await patchExport(project.actor, { id: exported.id, connectionId: otherId });
    await commit(id);
    expect(await project.bucket.keys("secret/")).toHaveLength(2);
    expect(await other.keys()).toEqual([]);
    await other.remove();
  });

  it("writes nothing into a bucket that another organization has claimed", async () => {
    const window = pastHour(40);
    await rowsIn(window, 10);
    const [theirs, late] = [await TestBucket.make(), await TestBucket.make()];
    const { organizationId } = await makeTenant();
    await getDb().insert(buckets).values({ organizationId, endpoint: storage().endpoint, bucket: theirs.name });
    const { id: connectionId } = await connect(project);
    const exported = await makeExport(project, { connectionId, destination: { prefix: "claimed/" } });
    const id = await makeRun(project, exported, window);
    await getDb().insert(buckets).values({ organizationId, endpoint: storage().endpoint, bucket: late.name });
    await patchConnection(project.actor, { id: connectionId, config: { bucket: theirs.name } });
    await expect(plan(id)).rejects.toMatchObject(failing("bucket_claimed"));
    // Claimed between the plan and the file, and between the file and the commit.
    await patchConnection(project.actor, { id: connectionId, config: { bucket: late.name } });
    await getDb().delete(buckets).where(eq(buckets.bucket, late.name));
    await plan(id);
    await getDb().insert(buckets).values({ organizationId, endpoint: storage().endpoint, bucket: late.name });
    await expect(putFiles(id)).rejects.toMatchObject(failing("bucket_claimed"));
    expect(await late.keys()).toEqual([]);
    expect(await late.openUploads()).toEqual([]);
    expect(await theirs.keys()).toEqual([]);
    expect(await theirs.openUploads()).toEqual([]);
    await getDb().delete(buckets).where(eq(buckets.bucket, late.name));
    await putFiles(id);
    await getDb().insert(buckets).values({ organizationId, endpoint: storage().endpoint, bucket: late.name });
    await expect(commit(id)).rejects.toMatchObject(failing("bucket_claimed"));
    expect((await late.keys()).filter((key) => key.endsWith("_manifest.json"))).toEqual([]);
    await endRun(id, "Failed", null);
    await Promise.all([theirs.remove(), late.remove()]);
  });
});

describe("a run that has ended", () => {
  it("can neither plan, write nor commit any more", async () => {
    const window = pastHour(41);
    await rowsIn(window, 10);
    const exported = await makeExport(project, { destination: { prefix: "zombie/" } });
    const zombie = await makeRun(project, exported, window);
    await plan(zombie);
    await putFiles(zombie);
    const half = await project.bucket.keys("zombie/");
    await endRun(zombie, "Failed", null);
    await rowsIn(window, 5);
    const next = await complete(exported, window);
    const before = await etags(project.bucket, "zombie/");
    await expect(commit(zombie)).rejects.toMatchObject(failing("superseded"));
    await expect(plan(zombie)).rejects.toMatchObject(failing("superseded"));
    expect(await etags(project.bucket, "zombie/")).toEqual(before);
    expect(before.map(({ Key }) => Key)).not.toContain(half[0]);
    expect((await receiptOf(next)).rows).toBe(15);
  });

  it("can't finish a file that it had begun", async () => {
    const window = pastHour(42);
    await rowsIn(window, 10);
    const exported = await makeExport(project, { destination: { prefix: "begun/" } });
    const id = await makeRun(project, exported, window);
    await plan(id);
    await endRun(id, "Failed", null);
    await expect(putFiles(id)).rejects.toMatchObject(failing("superseded"));
    expect(await project.bucket.keys("begun/")).toEqual([]);
  });
});

describe("an object that appears late", () => {
  it("is removed when it is looked for again, until no storage would take the request any more", async () => {
    const window = pastHour(43);
    await rowsIn(window, 10);
    const exported = await makeExport(project, { destination: { prefix: "appears/" } });
    const lost = await makeRun(project, exported, window);
    await plan(lost);
    await putFiles(lost);
    const [key] = await project.bucket.keys("appears/");
    // As if the answer had been lost, and the request were on its way still.
    const { client, name } = project.bucket;
    await client.send(new CopyObjectCommand({ Bucket: name, Key: "aside", CopySource: `${name}/${key}` }));
    await client.send(new DeleteObjectCommand({ Bucket: name, Key: key }));
    await getDb().execute(`update run_files set state = 'Running', etag = null, bytes = null where run_id = '${lost}'`);
    await endRun(lost, "Failed", null);
    await rowsIn(window, 5);
    const next = await complete(exported, window);
    expect((await runOf(next)).cleanedAt).toBeNull();
    await client.send(new CopyObjectCommand({ Bucket: name, Key: key, CopySource: `${name}/aside` }));
    await cleanRun(next);
    expect(await project.bucket.keys("appears/")).not.toContain(key);
    await getDb().execute(`update runs set finished_at = now() - interval '1 hour' where id = '${next}'`);
    await cleanRun(next);
    expect((await runOf(next)).cleanedAt).not.toBeNull();
    const reserved = await getDb().select().from(objectKeys).where(eq(objectKeys.exportId, exported.id));
    expect(reserved.map((row) => row.key).sort()).toEqual(await project.bucket.keys("appears/"));
  });
});

describe("two exports whose keys meet", () => {
  it("stops the younger one, and alerts its people", async () => {
    const window = pastHour(44);
    await rowsIn(window, 10);
    const elder = await makeExport(project, { destination: { prefix: "meet/a/" } });
    await complete(elder, window);
    const younger = await makeExport(project, { destination: { prefix: "meet/b/" } });
    // As an installation has it that was set up before such pairs were refused.
    await getDb()
      .update(exports)
      .set({ destination: { ...younger.destination, prefix: "meet/a/" }, paused: false })
      .where(eq(exports.id, younger.id));
    const id = await makeRun(project, younger, window);
    await expect(plan(id)).rejects.toMatchObject(failing("keys_conflict"));
    const [row] = await getDb().select().from(exports).where(eq(exports.id, younger.id));
    expect(row).toMatchObject({ paused: true, pause: { by: "failures", error: { code: "keys_conflict" } } });
    const [run] = await getDb().select().from(runs).where(eq(runs.id, id));
    expect(run?.planVersion).toBe(0);
    await endRun(id, "Failed", null);
    await patchExport(project.actor, { id: elder.id, paused: true });
  });
});
