import { join } from "node:path";
import { Readable } from "node:stream";
import { CreateBucketCommand, DeleteBucketCommand, HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { storage } from "@/testing/runs/bucket";
import { runTag } from "@/testing/runs/run-tag";
import { type Moto, startMoto } from "@/testing/stack/moto";
import { MIB } from "../../units";
import { openS3 } from "./open";
import { type S3DestinationInput, s3DestinationSchema } from "./settings";

const bucket = "encrypted";
let moto: Moto;

beforeAll(async () => {
  const log = join(process.env.PENSTOCK_LOG_DIR ?? "", "moto-encryption.log");
  // The test needs moto's responses, not its access control.
  moto = await startMoto(log, [{ service: "s3", method: "PUT", path: `/${bucket}` }], 1000);
});
afterAll(() => moto.stop());

const tag = runTag("request");

function open(
  endpoint: string,
  keys: { accessKeyId: string; secretAccessKey: string },
  settings: Partial<S3DestinationInput>,
) {
  const { accessKeyId, secretAccessKey } = keys;
  const config = {
    bucket,
    region: "us-east-1",
    endpoint,
    forcePathStyle: true,
    auth: "keys" as const,
    accessKeyId,
    roleArn: null,
    prefix: "",
  };
  const destination = s3DestinationSchema.parse({ type: "s3", ...settings });
  return openS3({ config, secret: { secretAccessKey }, externalId: "" }, destination, tag);
}

const body = (size: number) => Readable.from([Buffer.alloc(size)], { objectMode: false });

describe("what the storage answers of encryption", () => {
  const key = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-4333-8444-555555555555";
  const keys = { accessKeyId: "test", secretAccessKey: "test" };

  it.each<[string, Partial<S3DestinationInput>, object]>([
    ["AES256", { encryption: "AES256" }, { algorithm: "AES256", kmsKeyId: null, bucketKeyEnabled: false }],
    [
      "aws:kms with bucket keys",
      { encryption: "aws:kms", kmsKeyId: key, bucketKeyEnabled: true },
      { algorithm: "aws:kms", kmsKeyId: key, bucketKeyEnabled: true },
    ],
    [
      "aws:kms:dsse",
      { encryption: "aws:kms:dsse" },
      { algorithm: "aws:kms:dsse", kmsKeyId: null, bucketKeyEnabled: false },
    ],
    [
      "aws:kms without a key",
      { encryption: "aws:kms" },
      { algorithm: "aws:kms", kmsKeyId: null, bucketKeyEnabled: false },
    ],
  ])("is told for %s, in one piece and in parts (moto, a stand-in for S3)", async (name, settings, expected) => {
    const to = open(moto.endpoint, keys, settings);
    for (const size of [10, 6 * MIB]) {
      const file = { key: `${name}-${size}`, table: "events", body: body(size), contentType: "text/plain" };
      const { encryption } = await to.putFile(file, new AbortController().signal);
      // moto reports no bucket keys for multipart uploads.
      const bucketKeys = size > MIB ? { bucketKeyEnabled: false } : {};
      expect(encryption, `${size} bytes`).toEqual({ ...expected, ...bucketKeys });
    }
    to.close();
    const client = new S3Client({
      endpoint: moto.endpoint,
      region: "us-east-1",
      credentials: keys,
      forcePathStyle: true,
    });
    const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: `${name}-10` }));
    expect(head.ServerSideEncryption).toBe(settings.encryption);
    client.destroy();
  });

  it("is nothing where a storage ignores the wish (versitygw)", async () => {
    const { endpoint, ...credentials } = storage();
    const client = new S3Client({ endpoint, region: "us-east-1", credentials, forcePathStyle: true });
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    const to = open(endpoint, credentials, { encryption: "AES256" });
    const file = { key: "k", table: "events", body: body(10), contentType: "text/plain" };
    expect((await to.putFile(file, new AbortController().signal)).encryption).toBeNull();
    const owner = { exportId: tag.exportId, requestIds: new Set(["request"]) };
    await to.objects?.remove([{ key: "k", first: false, measured: null }], owner);
    to.close();
    await client.send(new DeleteBucketCommand({ Bucket: bucket }));
    client.destroy();
  });
});
