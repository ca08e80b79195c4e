import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { exports, receiptLinks, runDocuments, runs } from "@/lib/db/schema";
import { receiptV2Schema } from "@/lib/fields/receipt";
import { canonicalJson } from "@/lib/receipts/canonical";
import { linkHash, sha256Of } from "@/lib/receipts/hash";
import { getCertificate, getChainHead, listChain } from "@/lib/services/receipts";
import { publicKeys } from "@/lib/services/signing";
import { TestBucket } from "@/testing/runs/bucket";
import { chainOf, expectSigned, textAt } from "@/testing/runs/chain";
import { connect, makeExport, pastHour } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { allow, makeUser } from "@/testing/runs/s3-users";
import { windowSteps } from "@/testing/runs/window-steps";
import { withKeys } from "@/worker/steps/commit/keep-chain";

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

const { fill, complete, receiptOf } = windowSteps(() => project);
const { chainKeys, chainInBucket } = chainOf(() => project.bucket);

const receiptV2Of = async (runId: string) => receiptV2Schema.parse(await receiptOf(runId));

describe("the receipts of an export", () => {
  it("are signed, numbered, and chained, in the ledger as in the bucket", async () => {
    const exported = await makeExport(project, { destination: { prefix: "chain/a/" } });
    const windows = [pastHour(40), pastHour(41), pastHour(42)];
    for (const [index, window] of windows.entries()) await fill(window, 3 + index);
    const runIds = [];
    for (const window of windows) runIds.push(await complete(exported, window));
    const links = await chainInBucket(exported.id);
    expect(links.map(({ runId }) => runId)).toEqual(runIds);
    for (const [index, runId] of runIds.entries()) {
      const receipt = await receiptV2Of(runId);
      expect(receipt).toMatchObject({
        version: 2,
        type: "receipt",
        sequence: index + 1,
        export: { name: exported.name, configurationHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
        location: { type: "s3", bucket: project.bucket.name, prefix: "" },
        layout: "template",
        format: "jsonl",
        compression: "gzip",
        chain: "objects",
        compared: "listing",
        supersedes: null,
        rows: 3 + index,
      });
      const [run] = await getDb().select().from(runs).where(eq(runs.id, runId));
      expect(await textAt(project.bucket, run!.manifest!.key), "the manifest is the receipt").toBe(
        canonicalJson(receipt),
      );
      expect(links[index]).toEqual(receipt);
    }
    const head = await getChainHead(project.actor, { exportId: exported.id });
    expect(head).toMatchObject({ exportId: exported.id, sequence: 3, sha256: linkHash(links[2]!) });
    await expectSigned(head);
    const keys = JSON.parse(await textAt(project.bucket, "_penstock/keys.json"));
    expect(keys).toEqual(await publicKeys(getDb()));
  });

  it("account for every row", async () => {
    const window = pastHour(43);
    await fill(window, 10);
    const filters = { excludeEvents: ["no such event"], properties: [] };
    const exported = await makeExport(project, { destination: { prefix: "chain/account/" }, filters });
    const { accounting, source } = await receiptV2Of(await complete(exported, window));
    expect(accounting).toEqual([
      {
        ...{ table: "events", inWindow: 10, olderVersions: 0, deleted: 0, duplicates: 0 },
        ...{ excludedByEvent: 0, excludedByProperty: 0, selected: 10, expandedTo: 10 },
      },
    ]);
    expect(source.accounting.query).toContain("excludedByEvent");
  });

  it("name what they supersede", async () => {
    const window = pastHour(44);
    await fill(window, 4);
    const exported = await makeExport(project, { destination: { prefix: "chain/again/" } });
    const first = await receiptV2Of(await complete(exported, window));
    await fill(window, 2);
    const second = await receiptV2Of(await complete(exported, window));
    expect(second.supersedes).toEqual({ runId: first.runId, sha256: linkHash(first), reason: expect.any(String) });
    expect(second).toMatchObject({ sequence: 2, previous: linkHash(first), rows: 6 });
    expect((await chainInBucket(exported.id)).map(({ runId }) => runId)).toEqual([first.runId, second.runId]);
  });

  it("stay out of buckets whose readers expect only files, unless the export says otherwise", async () => {
    const window = pastHour(45);
    await fill(window, 2);
    const clevertap = { layout: "clevertap", format: "jsonl" } as const;
    const silent = await makeExport(project, { destination: { ...clevertap, prefix: "chain/ct/" } });
    expect(await receiptV2Of(await complete(silent, window))).toMatchObject({ chain: "api", sequence: 1 });
    expect(await chainKeys(silent.id)).toEqual([]);
    const asked = await makeExport(project, {
      destination: { ...clevertap, prefix: "chain/ct-asked/", receiptChain: true },
    });
    await complete(asked, window);
    expect(await chainKeys(asked.id)).toHaveLength(1);
  });

  it("are in the bucket too if the credentials may only put", async () => {
    const window = pastHour(49);
    await fill(window, 2);
    const user = await makeUser();
    const bucket = await TestBucket.make();
    await allow(bucket, user, ["s3:PutObject"]);
    const { id: connectionId } = await connect(project, { ...user, bucket: bucket.name });
    const exported = await makeExport(project, { connectionId, destination: { prefix: "chain/put/" } });
    await complete(exported, window);
    expect(await bucket.keys("_penstock/")).toEqual([`_penstock/${exported.id}/chain/1.json`, "_penstock/keys.json"]);
    expect(await bucket.json("_penstock/keys.json")).toEqual(await publicKeys(getDb()));
    await bucket.remove();
  });
});

describe("the first signed receipt of an export with older ones", () => {
  it("vouches for them by their hashes", async () => {
    const exported = await makeExport(project, { destination: { prefix: "chain/old/" } });
    const window = pastHour(47);
    await fill(window, 2);
    const old = await complete(exported, window);
    // As version 1 left it: a receipt with the hash of its manifest, and no chain.
    await getDb().delete(receiptLinks).where(eq(receiptLinks.exportId, exported.id));
    await getDb().update(exports).set({ chainSequence: 0, chainHead: null }).where(eq(exports.id, exported.id));
    await getDb().update(runDocuments).set({ receiptSha256: "ab" }).where(eq(runDocuments.runId, old));
    const next = pastHour(48);
    await fill(next, 2);
    const receipt = await receiptV2Of(await complete(exported, next));
    expect(receipt).toMatchObject({ sequence: 1, previous: null });
    expect(receipt.genesis).toEqual({ receipts: 1, sha256: sha256Of(`${old} ab\n`) });
  });
});

describe("a chain through the API", () => {
  it("is listed in order, a page at a time, and certified with its gaps", async () => {
    const exported = await makeExport(project, { destination: { prefix: "chain/api/" } });
    const windows = [pastHour(52), pastHour(51)];
    for (const window of windows) await fill(window, 1);
    for (const window of windows) await complete(exported, window);
    const first = await listChain(project.actor, { exportId: exported.id, limit: 1 });
    expect(first.items).toMatchObject([{ sequence: 1, previous: null, voidedBy: null }]);
    const second = await listChain(project.actor, { exportId: exported.id, limit: 1, cursor: first.nextCursor! });
    expect(second).toMatchObject({ items: [{ sequence: 2, previous: first.items[0]!.sha256 }], nextCursor: null });
    const newest = { exportId: exported.id, limit: 1, order: "newest" } as const;
    const end = await listChain(project.actor, newest);
    expect(end.items).toEqual(second.items);
    const start = await listChain(project.actor, { ...newest, cursor: end.nextCursor! });
    expect(start).toEqual({ items: first.items, nextCursor: null });
    const { items } = await listChain(project.actor, { exportId: exported.id, limit: 10, documents: "true" });
    expect(items.map(({ document }) => linkHash(document!))).toEqual(items.map(({ sha256 }) => sha256));
    expect(JSON.stringify(items[0]!.document), "ready for the verifier").toBe(canonicalJson(items[0]!.document!));
    await getDb()
      .update(exports)
      .set({ createdAt: pastHour(54).start })
      .where(eq(exports.id, exported.id));
    const range = { from: pastHour(53).start.toISOString(), to: pastHour(51).end.toISOString() };
    const certificate = await getCertificate(project.actor, { exportId: exported.id, ...range });
    expect(certificate).toMatchObject({
      windows: { expected: 3, committed: 2 },
      rows: 2,
      findings: [{ message: "No run has exported this window." }],
      chain: { sequence: 2, sha256: second.items[0]!.sha256 },
    });
    await expectSigned(certificate);
  });
});

describe("a bucket's public keys", () => {
  it("keep the keys of others, and leave an object that is not a key set", async () => {
    const other = { keys: [{ ...(await publicKeys(getDb())).keys[0]!, kid: "other", x: "x" }] };
    const put = (Body: string) =>
      project.bucket.client.send(
        new PutObjectCommand({ Bucket: project.bucket.name, Key: "_penstock/keys.json", Body }),
      );
    const both = withKeys(canonicalJson(other), (await publicKeys(getDb())).keys);
    expect(JSON.parse(both!).keys.map(({ kid }: { kid: string }) => kid)).toContain("other");
    expect(withKeys(both, (await publicKeys(getDb())).keys), "nothing to change").toBeNull();
    expect(() => withKeys("theirs", [])).toThrow("isn't a key set");
    await put(both!);
    const { Body } = await project.bucket.client.send(
      new GetObjectCommand({ Bucket: project.bucket.name, Key: "_penstock/keys.json" }),
    );
    expect(await Body!.transformToString()).toBe(both);
  });
});
