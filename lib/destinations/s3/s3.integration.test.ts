import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { CreateMultipartUploadCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { storage, TestBucket } from "@/testing/runs/bucket";
import { runTag } from "@/testing/runs/run-tag";
import { allow, makeUser, type S3User } from "@/testing/runs/s3-users";
import { TcpProxy } from "@/testing/runs/tcp-proxy";
import { until } from "@/testing/runs/until";
import { MIB } from "../../units";
import type { Held } from "../stored-objects";
import type { StoredAs } from "../upload-types";
import { openS3 } from "./open";
import { s3DestinationSchema } from "./settings";

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

const tag = runTag("request-1");
const open = (to = connection()) => openS3(to, s3DestinationSchema.parse({ type: "s3" }), tag);

/** Whose objects a window's runs may replace and remove. */
const owner = { exportId: tag.exportId, requestIds: new Set(["request-0", "request-1"]) };
const stranger = { ...owner, requestIds: new Set(["request-2"]) };

function put(key: string, body: Readable, to = connection(), signal = never, as?: Partial<StoredAs>) {
  const destination = open(to);
  const stored = { mark: randomUUID(), replaces: null, known: false, fence: async () => {}, ...as };
  return destination
    .putFile({ key, table: "events", body, contentType: "application/gzip", ...(as && { as: stored }) }, signal)
    .finally(() => destination.close());
}

const text = (value: string) => Readable.from([value], { objectMode: false });
const large = () => Readable.from(pieces(12), { objectMode: false });

/** Pieces of random bytes, then an error, if given. */
async function* pieces(count: number, failure?: Error) {
  for (let i = 0; i < count; i += 1) yield randomBytes(MIB);
  if (failure) throw failure;
}

describe("putFile", () => {
  it("writes any size whole, and replaces what was there where that is the window's own", async () => {
    for (const size of [20 * MIB, 8 * MIB, 5, 0]) {
      const bytes = randomBytes(size);
      const body = Readable.from([bytes], { objectMode: false });
      const { etag } = await put("a/file.gz", body, connection(), never, { replaces: owner });
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

describe("a key that holds an object already", () => {
  it.each([
    ["in one piece", () => text("ours")],
    ["in parts", large],
  ])("is not written over %s, unless the object is the window's own", async (name, body) => {
    const key = `held/${name}`;
    await put(key, text("first"));
    const taken = { failure: { code: "key_taken", retryable: true } };
    await expect(put(key, body())).rejects.toMatchObject(taken);
    const final = { failure: { code: "key_taken", retryable: false } };
    await expect(put(key, body(), connection(), never, { replaces: stranger })).rejects.toMatchObject(final);
    expect((await bucket.bytes(key)).toString()).toBe("first");
    await put(key, body(), connection(), never, { replaces: owner });
    expect((await bucket.bytes(key)).toString()).not.toBe("first");
    await until("no upload was open", async () => (await bucket.openUploads()).length === 0);
  });

  it("is taken for stored where an earlier request of the same try has stored it", async () => {
    const as = { mark: "same-try" };
    const first = await put("held/mark", text("same"), connection(), never, as);
    expect(await put("held/mark", text("same"), connection(), never, as)).toEqual(first);
    // By the ETag of its bytes, if the object's metadata can't be read.
    await allow(bucket, user, ["s3:PutObject", "s3:ListBucket", "s3:AbortMultipartUpload"]);
    const bytes = randomBytes(12 * MIB);
    const twice = () => put("held/parts", Readable.from([bytes], { objectMode: false }), connection(user));
    expect(await twice()).toEqual(await twice());
    await expect(put("held/parts", text("other"), connection(user))).rejects.toMatchObject({
      failure: { code: "key_taken" },
    });
  });

  it("is asked for right before the object is stored, and not written when the answer is no", async () => {
    for (const body of [text("x"), large()]) {
      const fence = () => Promise.reject(new Error("no longer"));
      await expect(put("held/fence", body, connection(), never, { fence })).rejects.toThrow();
    }
    expect(await bucket.keys("held/fence")).toEqual([]);
    await until("no upload was open", async () => (await bucket.openUploads()).length === 0);
  });
});

describe("what a window no longer has", () => {
  const remove = async (keys: string[], by = owner, to = connection(), measured: Held | null = null) => {
    const stale = keys.map((key) => ({ key, first: false, measured }));
    return Object.fromEntries((await open(to).objects?.remove(stale, by)) ?? []);
  };

  it("is removed when its metadata proves whose it is", async () => {
    await put("left/a", text("x"));
    await bucket.client.send(new PutObjectCommand({ Bucket: bucket.name, Key: "left/b", Body: "theirs" }));
    expect(await remove(["left/a", "left/b"], stranger)).toEqual({ "left/a": "foreign", "left/b": "foreign" });
    expect(await remove(["left/a", "left/b", "left/never"])).toEqual({
      "left/a": "removed",
      "left/b": "foreign",
      "left/never": "absent",
    });
    expect(await bucket.keys("left/")).toEqual(["left/b"]);
  });

  it("is removed by its size and ETag where metadata can't be read, and stays where nothing can be seen", async () => {
    const { etag } = await put("seen/a", text("x"));
    const measured = { etag, bytes: 1 };
    const removeAs = (actions: string[], by: Held | null) =>
      allow(bucket, user, actions).then(() => remove(["seen/a"], owner, connection(user), by));
    expect(await removeAs(["s3:PutObject"], measured)).toEqual({ "seen/a": "unproven" });
    expect(await removeAs(["s3:ListBucket", "s3:DeleteObject"], null)).toEqual({ "seen/a": "unproven" });
    const other = { ...measured, bytes: 2 };
    expect(await removeAs(["s3:ListBucket", "s3:DeleteObject"], other)).toEqual({ "seen/a": "foreign" });
    expect(await removeAs(["s3:ListBucket", "s3:GetObject"], measured)).toEqual({ "seen/a": "forbidden" });
    expect(await removeAs(["s3:ListBucket", "s3:DeleteObject"], measured)).toEqual({ "seen/a": "removed" });
  });

  it("is compared by a listing, by heads, or not at all", async () => {
    const { etag } = await put("look/a", text("x"));
    const lookAs = (actions: string[]) =>
      allow(bucket, user, actions).then(() => open(connection(user)).objects!.look(["look/a", "look/b"]));
    const found = new Map([["look/a", { etag, bytes: 1 }]]);
    expect(await lookAs(["s3:ListBucket"])).toEqual({ how: "listing", found });
    expect(await lookAs(["s3:PutObject"])).toEqual({ how: "no", found: new Map() });
    expect(await open().objects!.look(["look/a", "look/b"])).toEqual({ how: "listing", found });
  });

  it("includes uploads under the window's keys, and no others", async () => {
    for (const Key of ["open/mine", "open/theirs"])
      await bucket.client.send(new CreateMultipartUploadCommand({ Bucket: bucket.name, Key }));
    expect(await open().objects!.abortUploads(new Set(["open/mine", "open/never"]))).toBe(1);
    expect(await bucket.openUploads()).toEqual(["open/theirs"]);
    await allow(bucket, user, ["s3:PutObject"]);
    expect(await open(connection(user)).objects!.abortUploads(new Set(["open/theirs"]))).toBe(0);
  });
});
