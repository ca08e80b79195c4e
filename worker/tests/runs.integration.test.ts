import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Receipt } from "@/lib/fields/receipt";
import { getReceipt } from "@/lib/services/runs/get-receipt";
import { listRunLogs } from "@/lib/services/runs/list-logs";
import { retryRun } from "@/lib/services/runs/retry";
import { micros } from "@/lib/source/time";
import type { Window } from "@/lib/windows";
import { storage } from "@/testing/runs/bucket";
import { deleteEvents, eventRow, fillWindow, insertEvents, sourceUuids } from "@/testing/runs/events";
import {
  completeWindow,
  connect,
  makeExport,
  pastHour,
  runWhen,
  startWindow,
  whenCleaned,
} from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { measure } from "@/testing/runs/proof";
import { allow, makeUser } from "@/testing/runs/s3-users";
import { TcpProxy } from "@/testing/runs/tcp-proxy";

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

const receiptOf = (id: string) => getReceipt(project.actor, { id });

async function retry(id: string, allowShrink = false) {
  const again = await retryRun(project.actor, { id, allowShrink });
  const run = await runWhen(project, again.id, ({ state }) => state === "Completed");
  // What the window no longer has is removed after the commit.
  await whenCleaned(run.id);
  return run;
}

const logOf = async (id: string) =>
  (await listRunLogs(project.actor, { id, limit: 100 })).items.map(({ message, file }) => ({ message, file }));

/** Deletes all but a few rows of a window at the source. */
const shrink = (window: Window) => deleteEvents(project.sourceProjectId, window, "toUInt32OrZero(distinct_id) > 20");

describe("a completed run", () => {
  it.each(["gzip", "none"] as const)("has a receipt that equals what lies in the bucket (%s)", async (compression) => {
    const window = pastHour(compression === "gzip" ? 1 : 2);
    await fillWindow(project.sourceProjectId, window, { rows: 2000, bytes: 3000 });
    const exported = await makeExport(project, {
      destination: { compression, maxFileSizeMb: 1, prefix: `receipt/${compression}/{year}/` },
    });
    const run = await completeWindow(project, exported.id, window);
    const receipt = await receiptOf(run.id);
    expect(receipt.files.length).toBeGreaterThan(2);
    expect(await measure(project.bucket, receipt)).toEqual(receipt.files.map(({ etag: _, ...file }) => file));
    const sum = (pick: (file: Receipt["files"][number]) => number) =>
      receipt.files.reduce((n, file) => n + pick(file), 0);
    expect(receipt).toMatchObject({ rows: 2000, bytes: sum(({ bytes }) => bytes), source: { rows: 2000 } });
    expect(run).toMatchObject({
      rows: 2000,
      bytes: receipt.bytes,
      files: receipt.files.length,
      error: null,
      attempt: 1,
    });

    const keys = await project.bucket.keys(`receipt/${compression}/`);
    const manifest = keys.filter((key) => key.endsWith("_manifest.json"));
    expect(keys).toEqual([...receipt.files.map(({ key }) => key), ...manifest].sort());
    expect(await project.bucket.json(manifest[0] ?? "")).toEqual(receipt);
  });

  it("of an empty window has a manifest and no files", async () => {
    const exported = await makeExport(project, { destination: { prefix: "empty/" } });
    const run = await completeWindow(project, exported.id, pastHour(500));
    expect(run).toMatchObject({ rows: 0, bytes: 0, files: 0 });
    const keys = await project.bucket.keys("empty/");
    expect(keys).toEqual([expect.stringMatching(/_manifest\.json$/)]);
    expect(await project.bucket.json(keys[0] ?? "")).toMatchObject({ rows: 0, files: [] });
  });

  it("is retried to the same bytes under the same keys", async () => {
    const window = pastHour(4);
    await fillWindow(project.sourceProjectId, window, { rows: 1500, bytes: 3000 });
    const exported = await makeExport(project, { destination: { maxFileSizeMb: 1, prefix: "retry/" } });
    const first = await completeWindow(project, exported.id, window);
    const [receipt, keys] = [await receiptOf(first.id), await project.bucket.keys("retry/")];
    const bytes = await measure(project.bucket, receipt);
    const second = await retry(first.id);
    expect(second).toMatchObject({ trigger: "retry", retryOf: first.id });
    expect((await receiptOf(second.id)).files).toEqual(receipt.files);
    expect(await project.bucket.keys("retry/")).toEqual(keys);
    expect(await measure(project.bucket, receipt)).toEqual(bytes);
  });
});

describe("a window that shrank, and may", () => {
  it("loses the files that it no longer has", async () => {
    const window = pastHour(6);
    await fillWindow(project.sourceProjectId, window, { rows: 1000, bytes: 3000 });
    const exported = await makeExport(project, { destination: { maxFileSizeMb: 1, prefix: "shrunk/" } });
    const first = await completeWindow(project, exported.id, window);
    const before = (await receiptOf(first.id)).files.map(({ key }) => key);
    expect(before.length).toBeGreaterThan(1);
    await shrink(window);
    const second = await retry(first.id, true);
    const { files } = await receiptOf(second.id);
    expect(files).toMatchObject([{ rows: 21 }]);
    const keys = await project.bucket.keys("shrunk/");
    expect(keys.filter((key) => !key.endsWith("_manifest.json"))).toEqual(files.map(({ key }) => key));
    const log = await logOf(second.id);
    for (const file of before) expect(log).toContainEqual({ file, message: expect.stringMatching(/^Removed/) });
  });

  it("names them in its log where the credentials may not delete", async () => {
    const window = pastHour(7);
    await fillWindow(project.sourceProjectId, window, { rows: 1000, bytes: 3000 });
    const user = await makeUser();
    await allow(project.bucket, user, ["s3:PutObject", "s3:ListBucket"]);
    const { id: connectionId } = await connect(project, user);
    const exported = await makeExport(project, { connectionId, destination: { maxFileSizeMb: 1, prefix: "kept/" } });
    const first = await completeWindow(project, exported.id, window);
    const before = (await receiptOf(first.id)).files.map(({ key }) => key);
    await shrink(window);
    const second = await retry(first.id, true);
    const log = await logOf(second.id);
    const message = expect.stringMatching(/can't delete/);
    for (const file of before) expect(log).toContainEqual({ file, message });
    expect(await project.bucket.keys("kept/")).toEqual(expect.arrayContaining(before));
  });
});

describe("a window that changes between plan and file", () => {
  it("is planned afresh, and exported with the new rows", async () => {
    const window = pastHour(9);
    await fillWindow(project.sourceProjectId, window, { rows: 10, bytes: 100 });
    const proxy = await TcpProxy.open(storage().endpoint);
    proxy.cut();
    const { id: connectionId } = await connect(project, { endpoint: proxy.endpoint });
    const exported = await makeExport(project, { connectionId, destination: { prefix: "changed/" } });
    const id = await startWindow(project, exported.id, window);
    const failed = await runWhen(project, id, ({ error }) => error?.code === "unreachable");
    await insertEvents(project.sourceProjectId, [eventRow(micros(window.start) + 5)]);
    // A try that began before the insert may still be running; the one after it sees the new row.
    await runWhen(project, id, ({ attempt }) => attempt > failed.attempt + 1);
    await proxy.restore();
    await runWhen(project, id, ({ state }) => state === "Completed");
    proxy.cut();
    expect((await receiptOf(id)).files).toMatchObject([{ rows: 11 }]);
    const log = await logOf(id);
    expect(log.filter(({ message }) => message.startsWith("Planned")).map(({ message }) => message)).toEqual([
      "Planned 10 rows in 1 file.",
      "Planned 11 rows in 1 file.",
    ]);
    expect(log).toContainEqual({ file: expect.any(String), message: expect.stringMatching(/plan_mismatch/) });
    const [key = ""] = await project.bucket.keys("changed/");
    const uuids = (await project.bucket.lines(key)).map((line) => (JSON.parse(line) as { uuid: string }).uuid);
    const all = await sourceUuids(project.sourceProjectId);
    expect(new Set(uuids).size).toBe(11);
    expect(uuids).toEqual(all.filter((uuid) => uuids.includes(uuid)));
  });
});
