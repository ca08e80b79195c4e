import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { objectKeys, receiptLinks, runs } from "@/lib/db/schema";
import { receiptV2Schema } from "@/lib/fields/receipt";
import { linkHash } from "@/lib/receipts/hash";
import { lockChain } from "@/lib/services/ledger/chain/lock-chain";
import { endRun } from "@/lib/services/ledger/end-run";
import { chainOf, linksOf, textAt } from "@/testing/runs/chain";
import { deps } from "@/testing/runs/deps";
import { commit, makeRun, plan, putFiles } from "@/testing/runs/destinations/steps";
import { makeExport, pastHour } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { until } from "@/testing/runs/until";
import { windowSteps } from "@/testing/runs/window-steps";
import { keepChains } from "@/worker/steps/commit/keep-chain";
import { manifestOf } from "@/worker/steps/commit/manifest";
import { loadRun, withDestination } from "@/worker/steps/load";

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

const { fill, complete, receiptOf } = windowSteps(() => project);
const { chainInBucket } = chainOf(() => project.bucket);

describe("the receipts of an export", () => {
  it("form one chain if windows are committed at the same time", async () => {
    const exported = await makeExport(project, { destination: { prefix: "chain/at-once/" } });
    const windows = Array.from({ length: 8 }, (_, index) => pastHour(60 + index));
    for (const window of windows) await fill(window, 2);
    const runIds = await Promise.all(windows.map((window) => complete(exported, window)));
    const links = await chainInBucket(exported.id);
    expect(links.map(({ runId }) => runId).toSorted()).toEqual(runIds.toSorted());
  });

  it("do not join the chain if their run is canceled while the commit waits for the export", async () => {
    const window = pastHour(68);
    await fill(window, 3);
    const exported = await makeExport(project, { destination: { prefix: "chain/canceled/" } });
    const runId = await makeRun(project, exported, window);
    await plan(runId);
    await putFiles(runId);
    let committing: Promise<unknown> | undefined;
    await getDb().transaction(async (tx) => {
      await lockChain(tx, exported.id);
      await tx.update(runs).set({ state: "Cancelled" }).where(eq(runs.id, runId));
      committing = commit(runId).catch((error: unknown) => error);
      await until("the commit waits", async () => {
        const { rows } = await getDb().execute(
          sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%receipt_links%' and query like ${`%chain_sequence%`}`,
        );
        return rows.length > 0;
      });
    });
    expect(await committing).toMatchObject({ failure: { code: "superseded" } });
    expect(await linksOf(exported.id)).toEqual([]);
    expect((await project.bucket.keys("chain/canceled/")).filter((key) => key.endsWith("_manifest.json"))).toEqual([]);
  });

  it("are not put over newer ones by a try that was overtaken", async () => {
    const window = pastHour(69);
    await fill(window, 2);
    const exported = await makeExport(project, { destination: { prefix: "chain/overtaken/" } });
    const loaded = await loadRun(getDb(), await complete(exported, window));
    const receipt = receiptV2Schema.parse(await receiptOf(loaded.run.id));
    const { key } = loaded.run.manifest!;
    const before = await textAt(project.bucket, key);
    // Its link was never added, as if a later try had voided it.
    const manifest = manifestOf(getDb(), loaded, { key, receipt: { ...receipt, sequence: 99 } }, [], []);
    const overtaken = withDestination(getDb(), loaded, (to) => to.commit({ files: [], tables: [], manifest }));
    await expect(overtaken).rejects.toMatchObject({ failure: { code: "superseded" } });
    expect(await textAt(project.bucket, key)).toBe(before);
  });

  it("get a void link if a run ends after its receipt joined the chain", async () => {
    const window = pastHour(46);
    await fill(window, 3);
    const exported = await makeExport(project, { destination: { prefix: "chain/void/" } });
    const runId = await makeRun(project, exported, window);
    await plan(runId);
    await putFiles(runId);
    // Somebody else's object under the manifest's key: the commit fails after the receipt has joined the chain.
    const taken = await takeManifest(exported.id);
    await expect(commit(runId)).rejects.toThrow();
    await endRun(deps(), runId, "Failed", null);
    const links = await linksOf(exported.id);
    expect(links).toMatchObject([
      { type: "receipt", runId, voidedBy: 2 },
      { type: "void", runId, voids: 1 },
    ]);
    await project.bucket.client.send(new DeleteObjectCommand({ Bucket: project.bucket.name, Key: taken }));
    await complete(exported, window);
    await getDb()
      .update(receiptLinks)
      .set({ nextTryAt: new Date(0) })
      .where(eq(receiptLinks.exportId, exported.id));
    await keepChains(getDb());
    const chain = await chainInBucket(exported.id);
    expect(chain.map(({ type }) => type)).toEqual(["receipt", "void", "receipt"]);
    expect(chain[1]).toMatchObject({ voids: { sequence: 1, sha256: linkHash(chain[0]!) } });
  });

  /** Puts a foreign object where the manifest of the export's only planned run goes. */
  async function takeManifest(exportId: string): Promise<string> {
    const [row] = await getDb()
      .select({ key: objectKeys.key })
      .from(objectKeys)
      .where(and(eq(objectKeys.exportId, exportId), eq(objectKeys.kind, "manifest")));
    const Key = row!.key;
    await project.bucket.client.send(new PutObjectCommand({ Bucket: project.bucket.name, Key, Body: "theirs" }));
    return Key;
  }
});
