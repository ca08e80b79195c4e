import { CopyObjectCommand, CreateMultipartUploadCommand, DeleteObjectCommand } from "@aws-sdk/client-s3";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { buckets, exports, objectKeys, runs } from "@/lib/db/schema";
import { patchConnection } from "@/lib/services/connections/patch";
import { patchExport } from "@/lib/services/exports/patch";
import { endRun } from "@/lib/services/ledger/end-run";
import { makeTenant } from "@/testing/api/tenant";
import { storage, TestBucket } from "@/testing/runs/bucket";
import { deps } from "@/testing/runs/deps";
import { commit, makeRun, plan, putFiles, runOf } from "@/testing/runs/destinations/steps";
import { connect, makeExport, pastHour } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { allow, makeUser } from "@/testing/runs/s3-users";
import { etags, failing, windowSteps } from "@/testing/runs/window-steps";
import { cleanRun } from "@/worker/steps/clean/clean-run";

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

const { fill, complete, receiptOf, logOf } = windowSteps(() => project);

describe("a run whose connection is changed", () => {
  it("is planned for the new address before anything was written, and ends after that", async () => {
    const window = pastHour(38);
    await fill(window, 10);
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
        message: expect.stringContaining(`1 file to s3://${two.name}/, but its connection now uses s3://${one.name}/`),
      },
    });
    expect(await one.keys()).toEqual([]);
    expect((await two.keys()).filter((key) => key.endsWith("_manifest.json"))).toEqual([]);
    await endRun(deps(), id, "Failed", null);
    // A retry leaves what is out of reach, and logs it.
    const second = await complete(exported, window);
    expect(await two.keys()).toHaveLength(1);
    expect(await logOf(second)).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining(`s3://${two.name}/ stay there`) }),
    );
    await Promise.all([one.remove(), two.remove()]);
  });

  it("goes on with a new secret, and stays with its connection when its export gets another", async () => {
    const window = pastHour(39);
    await fill(window, 10);
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
    await fill(window, 10);
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
    await endRun(deps(), id, "Failed", null);
    await Promise.all([theirs.remove(), late.remove()]);
  });
});

describe("a run that has ended", () => {
  it("can neither plan, write nor commit any more", async () => {
    const window = pastHour(41);
    await fill(window, 10);
    const exported = await makeExport(project, { destination: { prefix: "zombie/" } });
    const zombie = await makeRun(project, exported, window);
    await plan(zombie);
    await putFiles(zombie);
    const half = await project.bucket.keys("zombie/");
    await endRun(deps(), zombie, "Failed", null);
    await fill(window, 5);
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
    await fill(window, 10);
    const exported = await makeExport(project, { destination: { prefix: "begun/" } });
    const id = await makeRun(project, exported, window);
    await plan(id);
    await endRun(deps(), id, "Failed", null);
    await expect(putFiles(id)).rejects.toMatchObject(failing("superseded"));
    expect(await project.bucket.keys("begun/")).toEqual([]);
  });
});

describe("an object that appears late", () => {
  it("is removed when it is looked for again, until no storage would take the request any more", async () => {
    const window = pastHour(43);
    await fill(window, 10);
    const exported = await makeExport(project, { destination: { prefix: "appears/" } });
    const lost = await makeRun(project, exported, window);
    await plan(lost);
    await putFiles(lost);
    const [key] = await project.bucket.keys("appears/");
    // As if the response was lost and the request still in flight.
    const { client, name } = project.bucket;
    await client.send(new CopyObjectCommand({ Bucket: name, Key: "aside", CopySource: `${name}/${key}` }));
    await client.send(new DeleteObjectCommand({ Bucket: name, Key: key }));
    await getDb().execute(`update run_files set state = 'Running', etag = null, bytes = null where run_id = '${lost}'`);
    await endRun(deps(), lost, "Failed", null);
    await fill(window, 5);
    const next = await complete(exported, window);
    expect((await runOf(next)).cleanedAt).toBeNull();
    await client.send(new CopyObjectCommand({ Bucket: name, Key: key, CopySource: `${name}/aside` }));
    await cleanRun(getDb(), next);
    expect(await project.bucket.keys("appears/")).not.toContain(key);
    await getDb().execute(`update runs set finished_at = now() - interval '1 hour' where id = '${next}'`);
    await cleanRun(getDb(), next);
    expect((await runOf(next)).cleanedAt).not.toBeNull();
    const reserved = await getDb().select().from(objectKeys).where(eq(objectKeys.exportId, exported.id));
    expect(reserved.map((row) => row.key).sort()).toEqual(await project.bucket.keys("appears/"));
  });
});

describe("an upload that is opened late", () => {
  it("is aborted when the window is looked at again, where an attempt of its files was cut off", async () => {
    const window = pastHour(45);
    await fill(window, 10);
    const exported = await makeExport(project, { destination: { prefix: "opened/" } });
    const cut = await makeRun(project, exported, window);
    await plan(cut);
    // The state a worker leaves if it dies before its upload request is answered.
    await getDb().execute(`update run_files set state = 'Running', started_at = now() where run_id = '${cut}'`);
    await endRun(deps(), cut, "Failed", null);
    const between = await complete(exported, window);
    const [key] = await project.bucket.keys("opened/");
    await fill(window, 5);
    const next = await complete(exported, window);
    await cleanRun(getDb(), next);
    expect(await project.bucket.keys("opened/")).not.toContain(key);
    expect([(await runOf(between)).supersededBy, (await runOf(next)).cleanedAt]).toEqual([next, null]);
    const { client, name } = project.bucket;
    for (const Key of [key, ...(await project.bucket.keys("opened/"))])
      await client.send(new CreateMultipartUploadCommand({ Bucket: name, Key }));
    await cleanRun(getDb(), next);
    expect(await project.bucket.openUploads()).toEqual([]);
    await getDb().execute(`update runs set finished_at = now() - interval '1 hour' where export_id = '${exported.id}'`);
    await cleanRun(getDb(), next);
    expect((await runOf(next)).cleanedAt).not.toBeNull();
    const reserved = await getDb().select().from(objectKeys).where(eq(objectKeys.exportId, exported.id));
    expect(reserved.map((row) => row.key).sort()).toEqual(await project.bucket.keys("opened/"));
  });
});

describe("two exports whose keys meet", () => {
  it("stops the younger one, and alerts its people", async () => {
    const window = pastHour(44);
    await fill(window, 10);
    const elder = await makeExport(project, { destination: { prefix: "meet/a/" } });
    await complete(elder, window);
    const younger = await makeExport(project, { destination: { prefix: "meet/b/" } });
    // Like an installation set up before such pairs were refused.
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
    await endRun(deps(), id, "Failed", null);
    await patchExport(project.actor, { id: elder.id, paused: true });
  });
});
