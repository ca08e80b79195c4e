import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { storage, TestBucket } from "@/testing/runs/bucket";
import { bucketOf } from "../node/s3/config";
import { bucketPlace } from "../node/s3/place";
import { inspectPlace } from "./inspect";
import { makeBuckets } from "./make-buckets";

const { folder, remove } = makeBuckets();
let bucket: TestBucket;

beforeAll(async () => {
  bucket = await TestBucket.make();
  for (const name of readdirSync(join(folder, "good"), { recursive: true, encoding: "utf8" })) {
    const path = join(folder, "good", name);
    if (!statSync(path).isFile()) continue;
    await bucket.client.send(new PutObjectCommand({ Bucket: bucket.name, Key: name, Body: readFileSync(path) }));
  }
});

afterAll(async () => {
  remove();
  await bucket.remove();
});

function place(prefix: string) {
  const { endpoint, region, accessKeyId, secretAccessKey } = storage();
  const env = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  return bucketPlace(bucketOf(`s3://${bucket.name}/${prefix}`, env, { endpoint, region, pathStyle: true }));
}

it("verifies a bucket, and a part of it", async () => {
  expect(await inspectPlace(place(""), { root: "" })).toMatchObject({ exit: 0, findings: [] });
  expect(await inspectPlace(place("prod"), { root: "prod/" })).toMatchObject({ exit: 0, findings: [] });
});

it("finds an object that changed", async () => {
  const key = "prod/e1/20260329T000000Z-20260329T010000Z-0.jsonl.gz";
  const bytes = await bucket.bytes(key);
  bytes[20] = bytes[20]! ^ 1;
  await bucket.client.send(new PutObjectCommand({ Bucket: bucket.name, Key: key, Body: bytes }));
  expect(await inspectPlace(place(""), { root: "" })).toMatchObject({ exit: 1, what: ["rows", "sha256"] });
});
