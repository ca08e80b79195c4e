import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { storage, TestBucket } from "@/worker/testing/bucket";
import { runTag } from "@/worker/testing/run-tag";
import { allow, makeUser, type S3User } from "@/worker/testing/s3-users";
import { TcpProxy } from "@/worker/testing/tcp-proxy";
import { until } from "@/worker/testing/until";
import { openS3 } from "./open";
import { s3DestinationSchema } from "./settings";

const MIB = 1024 * 1024;
const never = new AbortController().signal;

let bucket: TestBucket;
let user: S3User;
beforeAll(async () => {
  bucket = await TestBucket.make();
  user = await makeUser();
});
afterAll(() => bucket.remove());

function connection({ secretAccessKey, ...config }: Partial<ReturnType<typeof storage>> & { bucket?: string } = {}) {
  const { secretAccessKey: secret, ...rest } = storage();
  return {
    config: {
      bucket: bucket.name,
      forcePathStyle: true,
      auth: "keys" as const,
      roleArn: null,
      prefix: "",
      ...rest,
      ...config,
    },
    secret: { secretAccessKey: secretAccessKey ?? secret },
    externalId: "",
  };
}

const open = (to = connection()) => openS3(to, s3DestinationSchema.parse({ type: "s3" }), runTag("request-1"));

function put(key: string, body: Readable, to = connection(), signal = never) {
  const destination = open(to);
  return destination
    .putFile({ key, table: "events", body, contentType: "application/gzip" }, signal)
    .finally(() => destination.close());
}

/** Pieces of random bytes, then perhaps an end that is none. */
async function* pieces(count: number, failure?: Error) {
  for (let i = 0; i < count; i += 1) yield randomBytes(MIB);
  if (failure) throw failure;
}

describe("putFile", () => {
  it("writes any size whole, and replaces what was there", async () => {
    for (const size of [20 * MIB, 8 * MIB, 5, 0]) {
      const bytes = randomBytes(size);
      const { etag } = await put("a/file.gz", Readable.from([bytes], { objectMode: false }));
      expect(etag).toMatch(/^[0-9a-f]{32}(-\d+)?$/);
      expect((await bucket.bytes("a/file.gz")).equals(bytes)).toBe(true);
    }
  });

  it("leaves neither an object nor an upload when the body fails", async () => {
    for (const count of [1, 20]) {
      const body = Readable.from(pieces(count, new Error("the source is gone")), { objectMode: false });
      await expect(put("failed.gz", body)).rejects.toThrow();
    }
    expect(await bucket.keys("failed")).toEqual([]);
    await until("no upload was open", async () => (await bucket.openUploads()).length === 0);
  });

  it("leaves neither an object nor an upload when it is cancelled", async () => {
    const proxy = await TcpProxy.open(storage().endpoint);
    proxy.holdAfter(18 * MIB);
    const cancel = new AbortController();
    const body = Readable.from(pieces(40), { objectMode: false });
    const putting = put("cancelled.gz", body, connection({ endpoint: proxy.endpoint }), cancel.signal);
    const outcome = expect(putting).rejects.toThrow();
    await until("the upload was in its middle", async () => proxy.isFull);
    expect(await bucket.openUploads()).toEqual(["cancelled.gz"]);
    cancel.abort();
    proxy.release();
    await outcome;
    await until("no upload was open", async () => (await bucket.openUploads()).length === 0);
    expect(await bucket.keys("cancelled")).toEqual([]);
    proxy.cut();
  });

  it("tells what is wrong", async () => {
    const failureOf = async (to: ReturnType<typeof connection>) =>
      put("x", Readable.from(["x"], { objectMode: false }), to).then(
        () => null,
        (error: { failure: unknown }) => error.failure,
      );
    expect(await failureOf(connection({ secretAccessKey: "wrong" }))).toMatchObject({ code: "bad_credentials" });
    expect(await failureOf(connection({ accessKeyId: "nobody" }))).toMatchObject({ code: "bad_credentials" });
    expect(await failureOf(connection({ bucket: "no-such-bucket" }))).toMatchObject({ code: "missing_bucket" });
    expect(await failureOf(connection(user))).toMatchObject({ code: "missing_permission", retryable: false });
    for (const endpoint of ["http://[::1]:9000", "http://169.254.169.254", "http://10.0.0.1:9000"])
      expect(await failureOf(connection({ endpoint }))).toMatchObject({ code: "address_refused", retryable: false });
    const closed = await TcpProxy.open(storage().endpoint);
    closed.cut();
    expect(await failureOf(connection({ endpoint: closed.endpoint }))).toMatchObject({
      code: "unreachable",
      retryable: true,
    });
  });
});

describe("a storage that redirects", () => {
  it("is not followed, wherever it leads", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.headers.host ?? "");
      request.resume();
      response.writeHead(307, { location: storage().endpoint, "x-amz-bucket-region": "eu-west-1" }).end();
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const sent = put("redirected", Readable.from(["x"], { objectMode: false }), connection({ endpoint }));
    await expect(sent).rejects.toMatchObject({ failure: { code: "wrong_region", retryable: false } });
    expect(asked).toEqual([new URL(endpoint).host]);
    expect(await bucket.keys("redirected")).toEqual([]);
    server.close().closeAllConnections();
  });
});

describe("what is stale at a commit", () => {
  const stale = (keys: string[]) => ({ files: [], tables: ["events"], stale: keys, manifest: null });

  it("is removed, and what may not be removed is told", async () => {
    await allow(bucket, user, ["s3:PutObject"]);
    await put("stays", Readable.from(["x"], { objectMode: false }));
    expect(await open(connection(user)).commit(stale(["stays"]))).toEqual({ kept: ["stays"], tables: [] });
    expect(await open().commit(stale(["stays", "was/never/there"]))).toEqual({ kept: [], tables: [] });
    expect(await bucket.keys("stays")).toEqual([]);
  });
});
