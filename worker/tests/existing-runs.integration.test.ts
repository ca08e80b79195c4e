import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { connections, exports, objectKeys, runFiles, runs } from "@/lib/db/schema";
import { getReceipt } from "@/lib/services/runs/get-receipt";
import { commit, makeRun, plan, putFiles, runOf } from "@/testing/runs/destinations/steps";
import { connect, makeExport, pastHour } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { measure } from "@/testing/runs/proof";
import { windowSteps } from "@/testing/runs/window-steps";
import { reserveExisting } from "@/worker/steps/upkeep/reserve-existing";

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

const { fill, complete } = windowSteps(() => project);

/** Turns a run into what an earlier version would have left in the ledger. */
async function asBefore(id: string): Promise<void> {
  const forgotten = { address: null, pinned: null, manifest: null, encodingHash: null };
  await getDb().update(runs).set(forgotten).where(eq(runs.id, id));
  await getDb().delete(objectKeys).where(eq(objectKeys.runId, id));
}

const reservedBy = async (exportId: string) => {
  const rows = await getDb().select().from(objectKeys).where(eq(objectKeys.exportId, exportId));
  return rows.map(({ key }) => key).sort();
};

describe("runs of earlier versions", () => {
  it("get their addresses, and their current receipts' keys are reserved", async () => {
    const window = pastHour(50);
    await fill(window, 10);
    const exported = await makeExport(project, { destination: { prefix: "legacy/" } });
    const id = await complete(exported, window);
    await asBefore(id);
    expect(await reservedBy(exported.id)).toEqual([]);
    await reserveExisting(getDb());
    expect(await reservedBy(exported.id)).toEqual(await project.bucket.keys("legacy/"));
    expect(await runOf(id)).toMatchObject({
      address: expect.stringContaining(project.bucket.name),
      manifest: { key: expect.stringMatching(/^legacy\/.*_manifest\.json$/), etag: null },
    });
    // A retry recognizes its own objects by their request id, and replaces them.
    await fill(window, 5);
    const next = await complete(exported, window);
    const receipt = await getReceipt(project.actor, { id: next });
    expect(await measure(project.bucket, receipt)).toMatchObject([{ rows: 15 }]);
    expect(await project.bucket.keys("legacy/")).toHaveLength(2);
  });

  it("keep no address where their connection was changed since, but know their own objects", async () => {
    const window = pastHour(51);
    await fill(window, 10);
    const { id: connectionId } = await connect(project);
    const exported = await makeExport(project, { connectionId, destination: { prefix: "changed-since/" } });
    const id = await complete(exported, window);
    await asBefore(id);
    await getDb().update(connections).set({ updatedAt: new Date() }).where(eq(connections.id, connectionId));
    await reserveExisting(getDb());
    expect((await runOf(id)).address).toBeNull();
    expect(await reservedBy(exported.id)).toEqual([]);
    // Their location is unknown, but objects found here prove by metadata whose they are.
    const [before] = await project.bucket.keys("changed-since/");
    await fill(window, 5);
    const next = await complete(exported, window);
    const key = (await getReceipt(project.actor, { id: next })).files[0]?.key;
    expect(key).not.toBe(before);
    expect((await project.bucket.keys("changed-since/")).filter((it) => !it.endsWith("_manifest.json"))).toEqual([key]);
  });

  it("stop the younger of two exports that have written the same keys", async () => {
    const window = pastHour(52);
    await fill(window, 10);
    const elder = await makeExport(project, { destination: { prefix: "twice/" } });
    const first = await complete(elder, window);
    await asBefore(first);
    const younger = await makeExport(project, { destination: { prefix: `${randomUUID()}/` } });
    const second = await complete(younger, window);
    await asBefore(second);
    // As was once possible: both claim to have written the same key.
    const [file] = await getDb().select().from(runFiles).where(eq(runFiles.runId, first));
    await getDb()
      .update(runFiles)
      .set({ key: file!.key })
      .where(and(eq(runFiles.runId, second)));
    await getDb().update(exports).set({ paused: false }).where(eq(exports.id, younger.id));
    await reserveExisting(getDb());
    const [stopped] = await getDb().select().from(exports).where(eq(exports.id, younger.id));
    expect(stopped).toMatchObject({ paused: true, pause: { error: { code: "keys_conflict" } } });
    expect(await reservedBy(elder.id)).toContain(file!.key);
    expect(await reservedBy(younger.id)).not.toContain(file!.key);
  });
});

describe("a run that is under way while Penstock is updated", () => {
  it("is bound to its address by its next step, and its keys are reserved", async () => {
    const window = pastHour(53);
    await fill(window, 10);
    const exported = await makeExport(project, { destination: { prefix: "in-flight/" } });
    const id = await makeRun(project, exported, window);
    await plan(id);
    await asBefore(id);
    await putFiles(id);
    expect((await runOf(id)).address).toContain(project.bucket.name);
    await asBefore(id);
    await commit(id);
    expect(await runOf(id)).toMatchObject({
      state: "Completed",
      address: expect.stringContaining(project.bucket.name),
    });
    expect(await reservedBy(exported.id)).toEqual(await project.bucket.keys("in-flight/"));
  });
});
