import { createPublicKey, verify } from "node:crypto";
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { exports, objectKeys, receiptLinks, runDocuments, runs } from "@/lib/db/schema";
import { type ChainLink, type ReceiptV2, receiptV2Schema } from "@/lib/fields/receipt";
import { canonicalJson, signedText } from "@/lib/receipts/canonical";
import { linkHash, sha256Of } from "@/lib/receipts/hash";
import { endRun } from "@/lib/services/ledger/end-run";
import { getCertificate, getChainHead, listChain } from "@/lib/services/receipts";
import { publicKeys } from "@/lib/services/signing";
import { TestBucket } from "@/testing/runs/bucket";
import { deps } from "@/testing/runs/deps";
import { commit, makeRun, plan, putFiles } from "@/testing/runs/destinations/steps";
import { connect, makeExport, pastHour } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { allow, makeUser } from "@/testing/runs/s3-users";
import { windowSteps } from "@/testing/runs/window-steps";
import { keepChains, withKeys } from "@/worker/steps/commit/keep-chain";

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

const { fill, complete, receiptOf } = windowSteps(() => project);

const textAt = async (key: string) => (await project.bucket.bytes(key)).toString();
const chainKeys = async (exportId: string) => project.bucket.keys(`_penstock/${exportId}/chain/`);
const receiptV2Of = async (runId: string) => receiptV2Schema.parse(await receiptOf(runId));

const linksOf = (exportId: string) =>
  getDb().select().from(receiptLinks).where(eq(receiptLinks.exportId, exportId)).orderBy(asc(receiptLinks.sequence));

async function expectSigned(statement: { signature: ReceiptV2["signature"] }) {
  const { keys } = await publicKeys(getDb());
  const key = keys.find(({ kid }) => kid === statement.signature.kid);
  expect(key, "the key is published").toBeDefined();
  const { kty, crv, x } = key!;
  const publicKey = createPublicKey({ key: { kty, crv, x }, format: "jwk" });
  const signature = Buffer.from(statement.signature.value, "base64url");
  expect(verify(null, Buffer.from(signedText(statement)), publicKey, signature)).toBe(true);
}

/** Reads the chain from the bucket, and checks that every link names the one before it. */
async function chainInBucket(exportId: string): Promise<ChainLink[]> {
  const links: ChainLink[] = [];
  for (const { sequence } of await linksOf(exportId))
    links.push(JSON.parse(await textAt(`_penstock/${exportId}/chain/${sequence}.json`)));
  for (const [index, link] of links.entries()) {
    expect(link.sequence).toBe(index + 1);
    expect(link.previous).toBe(index === 0 ? null : linkHash(links[index - 1]!));
    await expectSigned(link);
  }
  expect(await chainKeys(exportId)).toHaveLength(links.length);
  return links;
}

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
      expect(await textAt(run!.manifest!.key), "the manifest is the receipt").toBe(canonicalJson(receipt));
      expect(links[index]).toEqual(receipt);
    }
    const head = await getChainHead(project.actor, { exportId: exported.id });
    expect(head).toMatchObject({ exportId: exported.id, sequence: 3, sha256: linkHash(links[2]!) });
    await expectSigned(head);
    const keys = JSON.parse(await textAt("_penstock/keys.json"));
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
    expect(() => withKeys("theirs", [])).toThrow("not a key set");
    await put(both!);
    const { Body } = await project.bucket.client.send(
      new GetObjectCommand({ Bucket: project.bucket.name, Key: "_penstock/keys.json" }),
    );
    expect(await Body!.transformToString()).toBe(both);
  });
});
