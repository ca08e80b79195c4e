import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { storage, TestBucket } from "../bucket";
import type { Fault } from "./armed";
import { S3Proxy } from "./s3-proxy";

const PUT = "PutObject data";

let bucket: TestBucket;
let proxy: S3Proxy;
let client: S3Client;
beforeAll(async () => {
  bucket = await TestBucket.make();
});
afterAll(() => bucket.remove());
beforeEach(async () => {
  proxy = await S3Proxy.open(storage().endpoint);
  const { region, ...credentials } = storage();
  client = new S3Client({ region, credentials, endpoint: proxy.endpoint, forcePathStyle: true, maxAttempts: 1 });
  return async () => {
    client.destroy();
    await proxy.close();
  };
});

const put = (Key: string, Body = "rows") => client.send(new PutObjectCommand({ Bucket: bucket.name, Key, Body }));
const there = async (key: string) => (await bucket.keys()).includes(key);

describe("the proxy before the storage", () => {
  it("passes signed requests on as they are, and records them", async () => {
    await put("a.jsonl", "x".repeat(3_000_000));
    await put("a_manifest.json");
    expect((await bucket.bytes("a.jsonl")).length).toBe(3_000_000);
    expect(proxy.recorded).toMatchObject([
      { name: PUT, nth: 1, key: "a.jsonl", status: 200 },
      { name: "PutObject manifest", nth: 1, status: 200 },
    ]);
  });

  it("troubles the request that it is asked to, and no other", async () => {
    const armed = proxy.arm(PUT, 2, { do: "answer", status: 503, code: "SlowDown" });
    await put("one");
    await expect(put("two")).rejects.toMatchObject({ name: "SlowDown" });
    await put("three");
    expect(armed.hit.isOpen).toBe(true);
    expect(await there("two")).toBe(false);
  });

  it.each<[name: string, fault: Fault, stored: boolean]>([
    ["reset", { do: "reset" }, false],
    ["cut request", { do: "cut request" }, false],
    ["lose answer", { do: "lose answer" }, true],
    ["cut answer", { do: "cut answer" }, true],
  ])("breaks connections: %s", async (key, fault, stored) => {
    const armed = proxy.arm(PUT, 1, fault);
    await expect(put(key)).rejects.toThrow();
    await armed.done.opened;
    expect(await there(key)).toBe(stored);
  });

  it("holds a request, and passes it on though its client is gone", async () => {
    const armed = proxy.arm(PUT, 1, { do: "hold" });
    const sent = put("held");
    await armed.hit.opened;
    expect(await there("held")).toBe(false);
    client.destroy();
    await expect(sent).rejects.toThrow();
    armed.release("forward");
    await armed.done.opened;
    expect(await there("held")).toBe(true);
  });

  it("makes a held request as if it had never been sent", async () => {
    const armed = proxy.arm(PUT, 1, { do: "hold" });
    const sent = put("dropped");
    await armed.hit.opened;
    armed.release("drop");
    await expect(sent).rejects.toThrow();
    expect(await there("dropped")).toBe(false);
  });

  it("holds an answer, and does something before a request", async () => {
    const held = proxy.arm(PUT, 1, { do: "hold answer" });
    const sent = put("answered");
    await held.hit.opened;
    expect(await there("answered")).toBe(true);
    held.release();
    await sent;
    proxy.restart();
    const before = proxy.arm(PUT, 1, { do: "run", before: async () => expect(await there("later")).toBe(false) });
    await put("later");
    expect(before.done.isOpen).toBe(true);
    expect(await there("later")).toBe(true);
  });
});
