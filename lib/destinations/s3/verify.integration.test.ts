import { ListMultipartUploadsCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { VerifyResult } from "@/lib/fields/verification";
import { storage, TestBucket } from "@/testing/runs/bucket";
import { allow, grant, makeUser, type S3User } from "@/testing/runs/s3-users";
import { TcpProxy } from "@/testing/runs/tcp-proxy";
import { makePolicy, neededActions } from "./policy";
import { policyRequestSchema } from "./policy-schema";
import type { S3Config } from "./schema";
import { s3DestinationSchema } from "./settings";
import { isBucketAction } from "./statements";
import { verifyS3 } from "./verify";

const PREFIX = "team/penstock/";
const ALL = neededActions(false).map(({ action }) => action);

let bucket: TestBucket;
let user: S3User;
beforeAll(async () => {
  bucket = await TestBucket.make();
  user = await makeUser();
});
beforeEach(() => allow(bucket, user, ALL));
afterAll(() => bucket.remove());

const { secretAccessKey: rootSecret, ...root } = storage();

function verify(config: Partial<S3Config> = {}, secretAccessKey = user.secretAccessKey, encryption: object[] = []) {
  const base = { bucket: bucket.name, ...root, accessKeyId: user.accessKeyId, prefix: PREFIX };
  const connection = {
    config: { forcePathStyle: true, auth: "keys" as const, roleArn: null, ...base, ...config },
    secret: { secretAccessKey },
    externalId: "",
  };
  const settings = encryption.map((it) => s3DestinationSchema.parse({ type: "s3", ...it }));
  return verifyS3(connection, settings);
}

/** Steps that did not pass, with their status. */
const unpassed = ({ steps }: VerifyResult) =>
  Object.fromEntries(steps.filter(({ status }) => status !== "passed").map(({ name, status }) => [name, status]));

const failedStep = ({ steps }: VerifyResult) => steps.find(({ status }) => status === "failed");

const uploads = async () => {
  const { Uploads = [] } = await bucket.client.send(new ListMultipartUploadsCommand({ Bucket: bucket.name }));
  return Uploads.length;
};

describe("verification", () => {
  it("passes with exactly what the generated policy grants, and leaves nothing behind", async () => {
    const request = policyRequestSchema.parse({ type: "s3", bucket: bucket.name, prefix: PREFIX });
    const { iamPolicy } = makePolicy(request, { principal: null, externalId: "" });
    await grant(bucket, [user], iamPolicy.Statement);
    const result = await verify();
    expect(unpassed(result)).toEqual({});
    expect(result.ok).toBe(true);
    expect(result.steps.map(({ name }) => name)).toEqual([
      "Address",
      "Credentials",
      "Reach",
      "List",
      "Write",
      "Conditional write",
      "Read back",
      "Multipart upload",
      "Abort",
      "List uploads",
      "Delete",
    ]);
    expect(await bucket.keys()).toEqual([]);
    expect(await uploads()).toBe(0);
  });

  it("writes nowhere but below the prefix", async () => {
    await grant(
      bucket,
      [user],
      [{ Action: ALL, Resource: [`arn:aws:s3:::${bucket.name}`, `arn:aws:s3:::${bucket.name}/${PREFIX}*`] }],
    );
    expect(unpassed(await verify())).toEqual({});
    expect(unpassed(await verify({ prefix: "" }))).toMatchObject({ Write: "failed" });
  });

  it.each([
    ["s3:ListBucket", true, { List: "skipped" }],
    [
      "s3:PutObject",
      false,
      {
        Write: "failed",
        "Conditional write": "skipped",
        "Read back": "skipped",
        "Multipart upload": "skipped",
        Abort: "skipped",
        Delete: "skipped",
      },
    ],
    ["s3:GetObject", true, { "Read back": "skipped" }],
    ["s3:AbortMultipartUpload", true, { Abort: "skipped" }],
    ["s3:ListBucketMultipartUploads", true, { "List uploads": "skipped" }],
    ["s3:DeleteObject", true, { Delete: "skipped" }],
  ])("names exactly %s when that is missing", async (action, ok, expected) => {
    await allow(
      bucket,
      user,
      ALL.filter((it) => it !== action),
    );
    const result = await verify();
    expect(unpassed(result)).toEqual(expected);
    expect(result.ok).toBe(ok);
    const told = result.steps.filter(({ statement }) => statement !== undefined);
    expect(told.map(({ name }) => name)).toEqual([Object.keys(expected)[0]]);
    expect(told[0]?.message).toContain(`the permission ${action} `);
    expect(told[0]?.fix).toContain(
      `${action} on arn:aws:s3:::${bucket.name}${isBucketAction(action) ? "" : `/${PREFIX}*`} for`,
    );
    const resource = isBucketAction(action) ? "" : `/${PREFIX}*`;
    expect(JSON.parse(told[0]?.statement ?? "")).toMatchObject({
      Effect: "Allow",
      Action: [action],
      Resource: [`arn:aws:s3:::${bucket.name}${resource}`],
    });
    for (const other of ALL.filter((it) => it !== action))
      expect(result.steps.some(({ message }) => message.includes(`the permission ${other} `))).toBe(false);
    expect(await uploads()).toBe(0);
    expect((await bucket.keys()).length).toBe(action === "s3:DeleteObject" ? 1 : 0);
    await bucket.clear();
  });

  it("passes once the permission that it named is granted", async () => {
    await allow(bucket, user, ["s3:ListBucket"]);
    const refused = await verify();
    expect(failedStep(refused)).toMatchObject({ name: "Write", fix: expect.stringContaining("s3:PutObject") });
    await allow(bucket, user, ["s3:ListBucket", "s3:PutObject"]);
    const passed = await verify();
    expect(passed.ok).toBe(true);
    expect(unpassed(passed)).toEqual({
      "Read back": "skipped",
      Abort: "skipped",
      "List uploads": "skipped",
      Delete: "skipped",
    });
    expect(passed.steps.at(-1)?.message).toContain(PREFIX);
    expect(await uploads()).toBe(0);
    await bucket.clear();
  });

  it.each([
    ["a wrong secret", {}, "wrong", "Credentials", "secret access key"],
    ["an unknown key", { accessKeyId: "nobody" }, "wrong", "Credentials", "secret access key"],
    ["no such bucket", { bucket: "no-such-bucket" }, rootSecret, "Reach", "Create the bucket"],
    ["a private address", { endpoint: "http://[::1]:9000" }, "", "Address", "ALLOWED_PRIVATE_HOSTS"],
    ["the metadata address", { endpoint: "http://169.254.169.254" }, "", "Address", "ALLOWED_PRIVATE_HOSTS"],
  ])("tells %s by the step that meets it, and tries nothing after it", async (_, config, secret, name, fix) => {
    const asRoot = secret === rootSecret ? { accessKeyId: root.accessKeyId } : {};
    const result = await verify({ ...asRoot, ...config }, secret);
    expect(result.ok).toBe(false);
    expect(failedStep(result)).toMatchObject({ name, fix: expect.stringContaining(fix) });
    const index = result.steps.findIndex((step) => step.name === name);
    for (const step of result.steps.slice(index + 1)) expect(step.message).toMatch(/^Skipped, because the step “/);
  });

  it("tells a storage that does not answer", async () => {
    const closed = await TcpProxy.open(storage().endpoint);
    closed.cut();
    const result = await verify({ endpoint: closed.endpoint });
    expect(result.steps.find(({ name }) => name === "Credentials")?.status).toBe("unknown");
    expect(failedStep(result)).toMatchObject({
      name: "Reach",
      message: expect.stringContaining("couldn't be reached"),
    });
  });

  it("says when the storage does not confirm the encryption that exports ask for", async () => {
    const result = await verify({}, undefined, [
      { encryption: "none" },
      { encryption: "AES256" },
      { encryption: "none" },
    ]);
    const writes = result.steps.filter(({ name }) => name.startsWith("Write"));
    expect(writes.map(({ name }) => name)).toEqual(["Write (no encryption)", "Write (AES256)"]);
    expect(writes[1]?.message).toContain("doesn't confirm the encryption");
  });
});
