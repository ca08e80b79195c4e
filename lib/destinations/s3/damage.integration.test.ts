import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import { storage, TestBucket } from "@/testing/runs/bucket";
import { runTag } from "@/testing/runs/run-tag";
import { MIB } from "../../units";
import { openS3 } from "./open";
import { s3DestinationSchema } from "./settings";

const TEXT = "what was sent---";
const DAMAGED = "what was heard--";

let bucket: TestBucket;
let proxy: Server;
let sent = "";
let damages = true;
beforeAll(async () => {
  bucket = await TestBucket.make();
  const target = new URL(storage().endpoint);
  proxy = createServer((client) => {
    const server = connect(Number(target.port), target.hostname);
    for (const socket of [client, server])
      socket.on("error", () => {}).on("close", () => [client, server].map((it) => it.destroy()));
    client.on("data", (chunk: Buffer) => {
      const text = chunk.toString("latin1");
      // Only heads of requests: parts of an earlier one may still be in transit.
      if (/^[A-Z]+ \/\S* HTTP/.test(text)) sent += text.slice(0, 4000);
      server.write(damages ? Buffer.from(text.replace(TEXT, DAMAGED), "latin1") : chunk);
    });
    server.pipe(client);
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
});
afterAll(async () => {
  proxy.close();
  await bucket.remove();
});

async function put(key: string, size: number) {
  const { accessKeyId, secretAccessKey, region } = storage();
  const endpoint = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const config = { bucket: bucket.name, forcePathStyle: true, auth: "keys" as const, roleArn: null, prefix: "" };
  const to = { config: { ...config, accessKeyId, region, endpoint }, secret: { secretAccessKey }, externalId: "" };
  const destination = openS3(to, s3DestinationSchema.parse({ type: "s3" }), runTag("request-1"));
  const body = Readable.from([Buffer.alloc(size, TEXT)]);
  const { signal } = new AbortController();
  return destination
    .putFile({ key, table: "events", body, contentType: "text/plain" }, signal)
    .finally(() => destination.close());
}

it.each([
  ["in one piece", MIB],
  ["in parts", 12 * MIB],
])("refuses a body that was changed on its way, though the signature does not cover it: %s", async (_, size) => {
  damages = true;
  await expect(put("damaged", size)).rejects.toMatchObject({ failure: { code: "storage_error", retryable: true } });
  expect(await bucket.keys()).toEqual([]);
  expect(await bucket.openUploads()).toEqual([]);
});

it("signs the checksum instead of the body", async () => {
  damages = false;
  sent = "";
  await put("whole", MIB);
  expect(sent).toContain("x-amz-content-sha256: UNSIGNED-PAYLOAD");
  expect(sent).toMatch(/SignedHeaders=[a-z0-9;-]*x-amz-checksum-crc32/);
});
