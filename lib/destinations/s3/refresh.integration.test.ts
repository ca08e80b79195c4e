import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { storage, TestBucket } from "@/testing/runs/bucket";
import { runTag } from "@/testing/runs/run-tag";
import { allowAll, makeUser, type S3User } from "@/testing/runs/s3-users";
import { MIB } from "../../units";
import { openS3 } from "./open";
import { type S3Config, s3ConfigSchema } from "./schema";
import { s3DestinationSchema } from "./settings";

/** Number of requests after which credentials count as expired: concurrent requests of an upload share some. */
const USES = 5;

let bucket: TestBucket;
let users: S3User[];
let front: Server;
/** Number of requests by access key. */
const uses = new Map<string, number>();
let given = 0;

/**
 * Issues another user's credentials each time, about to expire. No session token: the local S3 server supports none.
 */
function assumeRole(response: ServerResponse): void {
  const { accessKeyId, secretAccessKey } = users[given++ % users.length]!;
  const expiration = new Date(Date.now() + 1000).toISOString();
  response.end(
    `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><Expiration>${expiration}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
  );
}

/** A proxy for the S3 server that lets credentials expire. */
function passOn(incoming: IncomingMessage, response: ServerResponse): void {
  const key = /Credential=([^/]+)/.exec(incoming.headers.authorization ?? "")?.[1] ?? "";
  uses.set(key, (uses.get(key) ?? 0) + 1);
  if ((uses.get(key) ?? 0) > USES) {
    incoming.resume();
    response.writeHead(400).end("<Error><Code>ExpiredToken</Code></Error>");
    return;
  }
  const { method, headers, url } = incoming;
  const onward = request(new URL(url ?? "/", storage().endpoint), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  onward.on("error", () => response.destroy());
  incoming.pipe(onward);
}

beforeAll(async () => {
  bucket = await TestBucket.make();
  users = await Promise.all(Array.from({ length: 12 }, () => makeUser()));
  await allowAll(bucket, users, ["s3:PutObject", "s3:AbortMultipartUpload"]);
  front = createServer((incoming, response) => {
    // The SDK's S3 client always names the object or the bucket; STS requests go to the root.
    if (incoming.url === "/") assumeRole(response);
    else passOn(incoming, response);
  });
  await once(front.listen(0, "127.0.0.1"), "listening");
  vi.stubEnv("PENSTOCK_AWS_PRINCIPAL_ARN", "arn:aws:iam::123456789012:user/penstock");
  vi.stubEnv("PENSTOCK_AWS_ACCESS_KEY_ID", "penstock");
  vi.stubEnv("PENSTOCK_AWS_SECRET_ACCESS_KEY", "secret");
  vi.stubEnv("STS_ENDPOINT", address());
});
beforeEach(() => uses.clear());
afterAll(async () => {
  front.close().closeAllConnections();
  await bucket.remove();
});

const address = () => `http://127.0.0.1:${(front.address() as AddressInfo).port}`;

function put(key: string, bytes: Buffer, config: Partial<S3Config>, secretAccessKey: string | null = null) {
  const base = { bucket: bucket.name, region: storage().region, endpoint: address(), forcePathStyle: true };
  const connection = {
    config: s3ConfigSchema.parse({ ...base, ...config }),
    secret: { secretAccessKey },
    externalId: "id",
  };
  const destination = openS3(connection, s3DestinationSchema.parse({ type: "s3" }), runTag("request-1"));
  const body = Readable.from([bytes], { objectMode: false });
  const file = { key, table: "events", body, contentType: "application/gzip" };
  return destination.putFile(file, new AbortController().signal).finally(() => destination.close());
}

describe("credentials that run out during an upload", () => {
  it("are asked for anew where they come from a role", async () => {
    const bytes = randomBytes(40 * MIB);
    await put("by-role", bytes, { auth: "role", roleArn: "arn:aws:iam::123456789012:role/writer" });
    expect((await bucket.bytes("by-role")).equals(bytes)).toBe(true);
    // At least two refreshes, and no use after expiry.
    expect(uses.size).toBeGreaterThan(2);
    expect(Math.max(...uses.values())).toBeLessThanOrEqual(USES);
  });

  it("fail it where they can't be", async () => {
    const { accessKeyId, secretAccessKey } = users[0]!;
    const sent = put("by-keys", randomBytes(40 * MIB), { auth: "keys", accessKeyId }, secretAccessKey);
    await expect(sent).rejects.toMatchObject({ failure: { code: "storage_error", retryable: true } });
  });
});
