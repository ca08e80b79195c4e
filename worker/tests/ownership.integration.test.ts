import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { patchExport } from "@/lib/services/exports/patch";
import { endRun } from "@/lib/services/ledger/end-run";
import { deps } from "@/testing/runs/deps";
import { commit, makeRun, plan, putFiles, runOf } from "@/testing/runs/destinations/steps";
import { connect, makeExport, pastHour } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { measure } from "@/testing/runs/proof";
import { allow, makeUser } from "@/testing/runs/s3-users";
import { etags, failing, windowSteps } from "@/testing/runs/window-steps";

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

const { fill, complete, receiptOf, logOf } = windowSteps(() => project);

describe("an export whose prefix was changed", () => {
  it("keeps its old keys from others until its window has moved, and removes no other export's files", async () => {
    const window = pastHour(30);
    await fill(window, 30);
    const a = await makeExport(project, { destination: { prefix: "stale/a/" } });
    await complete(a, window);
    await patchExport(project.actor, { id: a.id, destination: { ...a.destination, prefix: "stale/b/" } });
    const b = await makeExport(project, { destination: { prefix: "stale/a/" } });
    const before = await etags(project.bucket, "stale/a/");
    const refused = await makeRun(project, b, window);
    await expect(plan(refused)).rejects.toMatchObject(failing("keys_conflict"));
    await endRun(deps(), refused, "Failed", null);
    expect(await etags(project.bucket, "stale/a/")).toEqual(before);

    // The window moves: its files leave the old keys, which become free.
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
    await fill(window, 3);
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
      expect.objectContaining({
        file: Key,
        message: expect.stringMatching(/^Not removed, because this window's runs might not have written/),
      }),
    );
  });
});

describe("a window that is exported again", () => {
  it("is not uploaded again where nothing has changed", async () => {
    const window = pastHour(32);
    await fill(window, 10);
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
    await fill(window, 10);
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
    await fill(window, 10);
    const exported = await makeExport(project, { destination: { prefix: "late/" } });
    const first = await complete(exported, window);
    const receipt = await receiptOf(first);
    await fill(window, 5);
    const abandoned = await makeRun(project, exported, window);
    await plan(abandoned);
    await putFiles(abandoned);
    // Ended before its commit: the old manifest and its file are unchanged.
    await endRun(deps(), abandoned, "Cancelled", null);
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
    await fill(window, 10);
    const exported = await makeExport(project, { destination: { prefix: "ampl/", layout: "amplitude" } });
    const first = await complete(exported, window);
    const keys = await project.bucket.keys("ampl/");
    await fill(window, 5);
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
    await fill(window, 10);
    const user = await makeUser();
    await allow(project.bucket, user, ["s3:PutObject"]);
    const { id: connectionId } = await connect(project, user);
    const exported = await makeExport(project, { connectionId, destination: { prefix: "blind/" } });
    await complete(exported, window);
    await fill(window, 5);
    const second = await complete(exported, window);
    const receipt = await receiptOf(second);
    expect(receipt).toMatchObject({ compared: "no", rows: 15 });
    expect(await project.bucket.keys("blind/")).toHaveLength(3);
    expect(await logOf(second)).toContainEqual(
      expect.objectContaining({ message: expect.stringMatching(/^Not removed if it exists/) }),
    );
    const manifest = (await project.bucket.keys("blind/")).find((key) => key.endsWith("_manifest.json"));
    expect(await project.bucket.json(manifest!)).toEqual(receipt);
  });

  it("works with credentials that may only list and put", async () => {
    const window = pastHour(37);
    await fill(window, 10);
    const user = await makeUser();
    await allow(project.bucket, user, ["s3:ListBucket", "s3:PutObject"]);
    const { id: connectionId } = await connect(project, user);
    const exported = await makeExport(project, { connectionId, destination: { prefix: "listing/" } });
    await complete(exported, window);
    await fill(window, 5);
    const second = await complete(exported, window);
    expect(await receiptOf(second)).toMatchObject({ compared: "listing", rows: 15 });
    expect(await logOf(second)).toContainEqual(
      expect.objectContaining({ message: expect.stringMatching(/can't delete/) }),
    );
  });
});
