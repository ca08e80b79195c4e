import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { UploadPartCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { storage, TestBucket } from "@/testing/runs/bucket";
import { runTag } from "@/testing/runs/run-tag";
import { MIB } from "../../units";
import type { BegunUpload, Resume, StoredAs, UploadedPart } from "../upload-types";
import { openS3 } from "./open";
import { s3DestinationSchema } from "./settings";

const PART = 5 * MIB;
const never = new AbortController().signal;

let bucket: TestBucket;
beforeAll(async () => {
  bucket = await TestBucket.make();
});
afterAll(() => bucket.remove());

function open() {
  const { secretAccessKey, ...rest } = storage();
  const config = {
    bucket: bucket.name,
    forcePathStyle: true,
    auth: "keys" as const,
    roleArn: null,
    prefix: "",
    ...rest,
  };
  return openS3(
    { config, secret: { secretAccessKey }, externalId: "" },
    s3DestinationSchema.parse({ type: "s3" }),
    runTag("r"),
  );
}

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** Sends a file of which an earlier attempt has left something; the body may break after some bytes. */
async function put(key: string, bytes: Buffer, left: Resume["left"], { breakAt = bytes.length, mark = "m" } = {}) {
  const to = open();
  const stored: UploadedPart[] = [];
  let begun: BegunUpload | null = null;
  async function* body() {
    for (let at = 0; at < breakAt; at += MIB) yield bytes.subarray(at, at + MIB);
    if (breakAt < bytes.length) throw new Error("broken");
  }
  const resume: Resume = {
    left,
    sha256At: (end) => sha256(bytes.subarray(0, end)),
    onBegun: (upload) => {
      begun = upload;
    },
    onStored: (part) => stored.push(part),
  };
  const as: StoredAs = { mark, replaces: null, known: false, fence: async () => {} };
  const file = { key, table: "events", contentType: "text/plain", body: Readable.from(body(), { objectMode: false }) };
  const result = await to.putFile({ ...file, as, resume }, never).then(
    (done) => ({ done, error: null }),
    (error: unknown) => ({ done: null, error }),
  );
  await to.close();
  return { ...result, stored, begun: begun as BegunUpload | null };
}

/** What an attempt has left that broke after two parts. */
async function interrupted(key: string, bytes: Buffer) {
  const { error, stored, begun } = await put(key, bytes, null, { breakAt: 12 * MIB });
  expect(error).not.toBeNull();
  expect(stored.map(({ number }) => number).sort()).toEqual([1, 2]);
  return { ...begun!, parts: stored };
}

describe("a file whose first parts are there", () => {
  it("is continued from the first missing one, as the attempt that began it", async () => {
    const bytes = randomBytes(4 * PART + 7);
    const left = await interrupted("a", bytes);
    const { done, stored, begun } = await put("a", bytes, left, { mark: "later" });
    expect(done?.etag).toMatch(/-5$/);
    expect(begun).toBeNull();
    expect(stored.map(({ number }) => number).sort()).toEqual([3, 4]);
    expect(await bucket.bytes("a")).toEqual(bytes);
    expect(await bucket.openUploads()).toEqual([]);
  });

  it.each([
    ["its first byte", 0],
    ["the second part", PART + 9],
  ])("is never put together from other bytes: a change of %s", async (_, at) => {
    const key = `changed-${at}`;
    const bytes = randomBytes(3 * PART);
    const left = await interrupted(key, bytes);
    bytes[at] = bytes[at]! ^ 1;
    const { error } = await put(key, bytes, left);
    expect(error).toMatchObject({ failure: { code: "upload_lost", retryable: true }, mayBeStored: false });
    expect(await bucket.keys(key)).toEqual([]);
    await open().objects!.abortUpload(key, left.id);
    await open().objects!.abortUpload(key, left.id);
    expect(await bucket.openUploads()).toEqual([]);
  });

  it("is not stored if an older request has replaced a part of it", async () => {
    const bytes = randomBytes(3 * PART);
    const left = await interrupted("late", bytes);
    const of = { Bucket: bucket.name, Key: "late", UploadId: left.id, PartNumber: 2 };
    await bucket.client.send(new UploadPartCommand({ ...of, Body: randomBytes(PART) }));
    const { error } = await put("late", bytes, left);
    expect(error).toMatchObject({ failure: { code: "upload_lost" }, mayBeStored: true });
    expect(await bucket.keys("late")).toEqual([]);
    await open().objects!.abortUpload("late", left.id);
  });

  it("starts again if it is shorter than what is there", async () => {
    const bytes = randomBytes(3 * PART);
    const left = await interrupted("short", bytes);
    const { error } = await put("short", bytes.subarray(0, MIB), left);
    expect(error).toMatchObject({ failure: { code: "upload_lost" }, mayBeStored: false });
    await open().objects!.abortUpload("short", left.id);
  });
});
