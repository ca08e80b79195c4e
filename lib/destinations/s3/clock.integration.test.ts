import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { storage, TestBucket } from "@/testing/runs/bucket";
import { errorAnswer } from "@/testing/runs/faults/s3-answers";
import { S3Proxy } from "@/testing/runs/faults/s3-proxy";
import { s3ConfigSchema } from "./schema";
import { verifyS3 } from "./verify";

const HOUR = 3_600_000;

let bucket: TestBucket;
let proxy: S3Proxy;
beforeAll(async () => {
  bucket = await TestBucket.make();
  proxy = await S3Proxy.open(storage().endpoint);
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(async () => {
  await proxy.close();
  await bucket.remove();
});

function verify() {
  const { secretAccessKey, ...root } = storage();
  const place = { bucket: bucket.name, forcePathStyle: true, endpoint: proxy.endpoint };
  const config = s3ConfigSchema.parse({ ...root, ...place });
  return verifyS3({ config, secret: { secretAccessKey }, externalId: "" }, []);
}

it.each([-HOUR, HOUR])("a clock that is off by %i ms is corrected by the storage's own", async (off) => {
  const statuses: number[] = [];
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + off });
  proxy.restart();
  const { ok } = await verify();
  for (const { status } of proxy.recorded) statuses.push(status ?? 0);
  expect(statuses[0]).toBe(403);
  expect(ok).toBe(true);
});

it("a clock that the storage keeps refusing is named, and nothing is tried after it", async () => {
  proxy.refuse = () => errorAnswer(403, "RequestTimeTooSkewed");
  const { ok, steps } = await verify();
  expect(ok).toBe(false);
  expect(steps.find(({ status }) => status === "failed")).toMatchObject({
    name: "Credentials",
    message: expect.stringContaining("clock is wrong"),
    fix: expect.stringContaining("Correct the clock"),
  });
  expect(steps.filter(({ name }) => name.startsWith("Write")).every(({ status }) => status === "skipped")).toBe(true);
});
