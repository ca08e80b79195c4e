import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { runDocuments, runFiles, runs } from "@/lib/db/schema";
import { deps } from "@/testing/runs/deps";
import { connect, makeExport, pastHour, type S3Export } from "@/testing/runs/exports";
import { flipped, keep, put } from "@/testing/runs/objects";
import { openProject, type TestProject } from "@/testing/runs/project";
import { windowSteps } from "@/testing/runs/window-steps";
import { type Auditing, auditRuns } from "../steps/checks/audit-runs";

let project: TestProject;
let connectionId: string;
const { complete, fill } = windowSteps(() => project);

beforeAll(async () => {
  project = await openProject();
  connectionId = (await connect(project)).id;
  await fill(pastHour(1), 4);
});
afterAll(() => project.close());

let exported: S3Export;
let id: string;
let file: string;
let manifest: string;
beforeEach(async () => {
  exported = await makeExport(project, { connectionId });
  id = await complete(exported, pastHour(1));
  const keys = await project.bucket.keys(exported.destination.prefix);
  file = keys.find((key) => !key.endsWith(".json"))!;
  manifest = keys.find((key) => key.endsWith(".json"))!;
});

const audit = async (values: Partial<Auditing> = {}) =>
  (await auditRuns(deps(), exported.id, [id], { isDeep: false, signal: AbortSignal.timeout(60_000), ...values }))[0];

/** Rewrites a key's bytes as a multipart upload, whose ETag is no MD5 of them. Returns the ETag. */
async function putInParts(Key: string): Promise<string> {
  const { client, name: Bucket } = project.bucket;
  const { bytes: Body, metadata: Metadata } = await keep(project.bucket, Key);
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key, Metadata }));
  const { ETag } = await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body }));
  const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] };
  const done = await client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }));
  return done.ETag!.replaceAll('"', "");
}

/** Damages one bit of an object, and lets the ledger know the new ETag: as if the storage had lost the bit. */
async function rot(key: string): Promise<void> {
  const { bytes, metadata } = await keep(project.bucket, key);
  await put(project.bucket, key, flipped(bytes), metadata);
  const { ETag } = await project.bucket.client.send(new HeadObjectCommand({ Bucket: project.bucket.name, Key: key }));
  const etag = ETag!.replaceAll('"', "");
  const isKey = and(eq(runFiles.runId, id), eq(runFiles.key, key));
  if (key !== manifest) await getDb().update(runFiles).set({ etag }).where(isKey);
  else
    await getDb()
      .update(runs)
      .set({ manifest: { key, etag, bytes: bytes.length } })
      .where(eq(runs.id, id));
}

it("takes no alarm from ETags of multipart uploads, its own or of objects that were copied in parts", async () => {
  const etag = await putInParts(file);
  expect(etag).toMatch(/-1$/);
  expect(await audit()).toMatchObject({ outcome: "intact", reason: null });
  expect(await audit({ isDeep: true })).toMatchObject({ kind: "deep", outcome: "intact", reason: null });
  await getDb().update(runFiles).set({ etag }).where(eq(runFiles.runId, id));
  const none = { share: 0, left: 0, doubts: { left: 0, most: 0 }, until: Number.POSITIVE_INFINITY };
  expect(await audit({ reading: none })).toMatchObject({ outcome: "intact", reason: null });
});

it("calls nothing intact that has another ETag while it was not read back", async () => {
  await putInParts(file);
  const { bytes } = await keep(project.bucket, file);
  const reading = (left: number, most: number, until = Number.POSITIVE_INFINITY) => ({
    ...{ share: 0, left: 0, doubts: { left, most }, until },
  });
  const unknown = { kind: "destination", outcome: "unknown", found: { rows: null } };
  const later = { ...unknown, isTemporary: true, reason: expect.stringContaining("haven't been read back yet") };
  expect(await audit({ reading: reading(bytes.length - 1, 1e9) })).toMatchObject(later);
  expect(await audit({ reading: reading(1e9, 1e9, Date.now() - 1) })).toMatchObject(later);
  const never = await audit({ reading: reading(1, bytes.length - 1) });
  expect(never).toMatchObject({ ...unknown, reason: expect.stringContaining("Start a deep check") });
  expect(never?.isTemporary).toBeUndefined();
  expect(await audit({ isDeep: true })).toMatchObject({ kind: "deep", outcome: "intact" });
});

it.each(["file", "manifest"])("finds what no listing shows in a %s only by reading it, and says so", async (what) => {
  const key = what === "file" ? file : manifest;
  await rot(key);
  expect(await audit({ isDeep: true })).toMatchObject({
    ...{ kind: "deep", outcome: "changed", found: { rows: null, changed: [key] } },
  });
  // A later look that does not read it does not say that it is well again.
  expect(await audit()).toMatchObject({ kind: "destination", outcome: "intact" });
});

it("compares the manifest of an earlier version with its metadata", async () => {
  await getDb().update(runDocuments).set({ receiptSha256: null }).where(eq(runDocuments.runId, id));
  expect(await audit({ isDeep: true })).toMatchObject({ kind: "deep", outcome: "intact", reason: null });
  await rot(manifest);
  expect(await audit({ isDeep: true })).toMatchObject({ kind: "deep", outcome: "changed" });
  const { bytes } = await keep(project.bucket, manifest);
  await put(project.bucket, manifest, bytes);
  expect(await audit({ isDeep: true })).toMatchObject({
    ...{ kind: "destination", outcome: "intact", reason: expect.stringContaining("not all objects were compared") },
  });
});
