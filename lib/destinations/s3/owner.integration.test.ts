import { Readable } from "node:stream";
import { type ObjectOwnership, PutBucketOwnershipControlsCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { VerifyResult } from "@/lib/fields/verification";
import { storage, TestBucket } from "@/testing/runs/bucket";
import { errorAnswer } from "@/testing/runs/faults/s3-answers";
import { S3Proxy } from "@/testing/runs/faults/s3-proxy";
import { runTag } from "@/testing/runs/run-tag";
import { allow, makeUser, type S3User } from "@/testing/runs/s3-users";
import { MIB } from "../../units";
import { openMarkers } from "./marker";
import { openS3 } from "./open";
import { neededActions } from "./policy";
import { Probe } from "./probe";
import type { StoredS3Config } from "./schema";
import { s3DestinationSchema } from "./settings";
import { verifyS3 } from "./verify";
import { ownershipStep } from "./verify-owner";

const ACL = "bucket-owner-full-control" as const;
const ACCOUNT = "123456789012";
const ACTIONS = neededActions(false, true).map(({ action }) => action);
const never = new AbortController().signal;

let bucket: TestBucket;
let user: S3User;
let proxy: S3Proxy;
beforeAll(async () => {
  bucket = await TestBucket.make();
  user = await makeUser();
  proxy = await S3Proxy.open(storage().endpoint);
});
beforeEach(async () => {
  proxy.refuse = () => null;
  await own("ObjectWriter");
  await allow(bucket, user, ACTIONS);
});
afterAll(async () => {
  await proxy.close();
  await bucket.remove();
});

const own = (ObjectOwnership: ObjectOwnership) =>
  bucket.client.send(
    new PutBucketOwnershipControlsCommand({ Bucket: bucket.name, OwnershipControls: { Rules: [{ ObjectOwnership }] } }),
  );

function connection(config: Partial<StoredS3Config>) {
  const { accessKeyId, secretAccessKey } = user;
  const { region } = storage();
  const place = { bucket: bucket.name, region, endpoint: proxy.endpoint, forcePathStyle: true, prefix: "" };
  const identity = { auth: "keys" as const, accessKeyId, roleArn: null };
  return { config: { ...place, ...identity, ...config }, secret: { secretAccessKey }, externalId: "" };
}

const settings = s3DestinationSchema.parse({ type: "s3" });

/** Writes all that an export writes: small files, large ones, a manifest, shared objects, markers. */
async function writeAll(config: Partial<StoredS3Config>): Promise<void> {
  const to = openS3(connection(config), settings, runTag("request-1"));
  const owner = { exportId: "export-1", requestIds: new Set(["request-1"]) };
  try {
    for (const size of [5, 12 * MIB]) {
      const body = Readable.from([Buffer.alloc(size)], { objectMode: false });
      await to.putFile({ key: `files/${size}`, table: "events", body, contentType: "text/plain" }, never);
    }
    const manifest = { key: "files/m", text: "{}", markers: ["files/_SUCCESS"], replaces: null, owner, known: false };
    await to.commit({ files: [], tables: ["events"], manifest: { ...manifest, confirm: async () => {} } });
    await to.objects?.keep({ key: "files/kept", text: "{}" });
    await to.objects?.share("files/shared", () => "{}");
    expect([...((await to.objects?.look(["files/5"]))?.found.keys() ?? [])]).toEqual(["files/5"]);
  } finally {
    await to.close();
  }
  const markers = openMarkers(connection(config), settings);
  expect(await markers.put({ key: "files/marker", text: "x" })).toBe(true);
  markers.close();
  await bucket.clear();
}

const stepOf = ({ steps }: VerifyResult, name: string) => steps.find((step) => step.name === name);
const verify = (config: Partial<StoredS3Config>) => verifyS3(connection(config), [settings]);

describe("the ACL bucket-owner-full-control", () => {
  it("is sent with all that creates an object, which owners of buckets may require", async () => {
    // Source: "Granting cross-account permissions to upload objects while ensuring that the bucket owner has full
    // control", a bucket policy in the Amazon S3 user guide.
    const creates = ["PutObject", "CreateMultipartUpload", "CopyObject"];
    proxy.refuse = ({ operation, headers }) =>
      creates.includes(operation) && headers["x-amz-acl"] !== ACL ? errorAnswer(403, "AccessDenied") : null;
    await writeAll({ acl: ACL });
    expect((await verify({ acl: ACL })).ok).toBe(true);
    await expect(writeAll({})).rejects.toMatchObject({ failure: { code: "missing_permission" } });
  });

  it("needs a permission of its own, which is named", async () => {
    const body =
      "<Error><Code>AccessDenied</Code><Message>not authorized to perform: s3:PutObjectAcl</Message></Error>";
    const headers = ["content-type", "application/xml", "content-length", String(body.length)];
    proxy.refuse = ({ operation }) =>
      operation === "PutObject" ? { status: 403, headers, body: Buffer.from(body) } : null;
    const step = stepOf(await verify({ acl: ACL }), "Write");
    expect(step?.message).toContain("the permission s3:PutObjectAcl");
    expect(JSON.parse(step?.statement ?? "")).toMatchObject({ Action: ["s3:PutObjectAcl"] });
  });
});

describe("the bucket's Object Ownership", () => {
  it.each([
    ["BucketOwnerEnforced", "“Bucket owner enforced”: all files belong to the bucket's account"],
    ["BucketOwnerPreferred", "“Bucket owner preferred”: files belong to the bucket's account"],
    ["ObjectWriter", "“Object writer”: files belong to the account that writes them, and give"],
  ] as const)("%s is named by a verification, and passes with the ACL", async (ownership, words) => {
    await own(ownership);
    const result = await verify({ acl: ACL });
    expect(result.steps.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(stepOf(result, "Object ownership")?.message).toContain(words);
  });

  it.each([
    ["BucketOwnerEnforced", undefined],
    ["BucketOwnerPreferred", "skipped"],
    ["ObjectWriter", "skipped"],
  ] as const)("%s without the ACL says what to change, if anything", async (ownership, status) => {
    await own(ownership);
    const probe = new Probe(connection({}));
    const seen = await ownershipStep.run(probe);
    await probe.close();
    expect(seen.status).toBe(status);
    expect(seen.message.includes("set the bucket's Object Ownership to “Bucket owner enforced”")).toBe(
      status === "skipped",
    );
  });

  it("may stay unknown where the permission is missing", async () => {
    const action = "s3:GetBucketOwnershipControls";
    await allow(
      bucket,
      user,
      ACTIONS.filter((it) => it !== action),
    );
    const result = await verify({ acl: ACL });
    expect(result.ok).toBe(true);
    expect(stepOf(result, "Object ownership")).toMatchObject({
      status: "skipped",
      fix: expect.stringContaining(action),
    });
  });

  it("is no step where a storage has none, and nothing is sent", async () => {
    expect(stepOf(await verify({}), "Object ownership")).toBeUndefined();
    proxy.refuse = ({ operation }) => (operation === "other" ? errorAnswer(501, "NotImplemented") : null);
    expect(stepOf(await verify({ acl: ACL }), "Object ownership")).toMatchObject({ status: "skipped" });
  });
});

describe("the expected owner of the bucket", () => {
  it("is sent with every request, and passes where it is the owner", async () => {
    // The S3 server's accounts are named by their access keys.
    const expectedBucketOwner = storage().accessKeyId;
    const without: string[] = [];
    proxy.refuse = ({ operation, headers }) => {
      if (headers["x-amz-expected-bucket-owner"] !== expectedBucketOwner) without.push(operation);
      return null;
    };
    await writeAll({ expectedBucketOwner });
    const result = await verify({ expectedBucketOwner });
    expect(result.steps.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(stepOf(result, "Bucket owner")?.message).toContain(expectedBucketOwner);
    expect(without).toEqual([]);
  });

  it("is named where the bucket belongs to another, and nothing is written", async () => {
    const result = await verify({ expectedBucketOwner: ACCOUNT });
    expect(stepOf(result, "Bucket owner")).toMatchObject({
      status: "failed",
      message: expect.stringContaining(`doesn't belong to the account ${ACCOUNT}`),
    });
    expect(stepOf(result, "Write")?.status).toBe("skipped");
    await expect(writeAll({ expectedBucketOwner: ACCOUNT })).rejects.toMatchObject({
      failure: { code: "missing_permission", fix: expect.stringContaining(`belongs to the account ${ACCOUNT}`) },
    });
    expect(await bucket.keys()).toEqual([]);
  });

  it("is named as a possible reason where credentials may not list", async () => {
    await allow(bucket, user, ["s3:PutObject"]);
    const result = await verify({ expectedBucketOwner: ACCOUNT });
    expect(stepOf(result, "Bucket owner")).toMatchObject({
      status: "unknown",
      message: expect.stringContaining("doesn't say whether"),
    });
    expect(stepOf(result, "Write")).toMatchObject({ status: "failed", fix: expect.stringContaining(ACCOUNT) });
  });
});

it("every request to a requester-pays bucket accepts the charges", async () => {
  // Source: "Downloading objects from Requester Pays buckets" in the Amazon S3 user guide: 403 without the header.
  proxy.refuse = ({ headers }) =>
    headers["x-amz-request-payer"] === "requester" ? null : errorAnswer(403, "AccessDenied");
  await writeAll({ requesterPays: true });
  const { steps } = await verify({ requesterPays: true });
  expect(steps.filter(({ status }) => status !== "passed")).toEqual([]);
  expect((await verify({})).ok).toBe(false);
});
