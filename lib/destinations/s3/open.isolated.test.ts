import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { runTag } from "@/testing/runs/run-tag";
import { MIB } from "../../units";
import { openS3 } from "./open";
import { type S3Destination, s3DestinationSchema } from "./settings";

// The S3 stand-in listens on the loopback.
vi.mock("../../env", () => ({ getEnv: () => ({ ALLOWED_PRIVATE_HOSTS: "127.0.0.1" }) }));

const UPLOAD = `<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>`;
const COMPLETE = `<CompleteMultipartUploadResult><ETag>"e"</ETag></CompleteMultipartUploadResult>`;

/** Requests that a minimal S3 has seen: begin, part, end, or put, with the headers. */
const seen: { call: string; headers: IncomingMessage["headers"] }[] = [];
function answer(request: IncomingMessage, response: ServerResponse) {
  const query = new URL(request.url ?? "", "http://x").searchParams;
  const call = query.has("uploads")
    ? "begin"
    : query.has("partNumber")
      ? "part"
      : query.has("uploadId")
        ? "end"
        : "put";
  seen.push({ call, headers: request.headers });
  request.resume();
  request.on("end", () => {
    response.setHeader("ETag", '"e"').end({ begin: UPLOAD, end: COMPLETE, part: "", put: "" }[call]);
  });
}

const server = createServer(answer);
beforeAll(() => once(server.listen(0, "127.0.0.1"), "listening"));
afterAll(() => server.close());
beforeEach(() => {
  seen.length = 0;
});

function open(settings: Partial<S3Destination>) {
  const config = {
    bucket: "bucket",
    region: "us-east-1",
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forcePathStyle: true,
    auth: "keys" as const,
    accessKeyId: "key",
    roleArn: null,
    prefix: "",
  };
  const destination = s3DestinationSchema.parse({ type: "s3", ...settings });
  return openS3({ config, secret: { secretAccessKey: "secret" }, externalId: "" }, destination, runTag("request-1"));
}

const body = (size: number) => Readable.from([Buffer.alloc(size)], { objectMode: false });
const file = (size: number) => ({ key: "k", table: "events", body: body(size), contentType: "application/gzip" });

describe("every object of an export", () => {
  it.each([
    ["none", {}, undefined, undefined],
    ["AES256", { encryption: "AES256" as const }, "AES256", undefined],
    ["aws:kms", { encryption: "aws:kms" as const, kmsKeyId: "key-1" }, "aws:kms", "key-1"],
    ["aws:kms without a key", { encryption: "aws:kms" as const }, "aws:kms", undefined],
    ["aws:kms:dsse", { encryption: "aws:kms:dsse" as const, kmsKeyId: "key-1" }, "aws:kms:dsse", "key-1"],
    [
      "aws:kms and bucket keys",
      { encryption: "aws:kms" as const, kmsKeyId: "key-1", bucketKeyEnabled: true },
      "aws:kms",
      "key-1",
    ],
  ])("is written with the encryption %s and the run's request id", async (name, settings, algorithm, kmsKey) => {
    const to = open(settings);
    const { signal } = new AbortController();
    await to.putFile(file(5), signal);
    await to.putFile(file(20 * MIB), signal);
    const owner = { exportId: "export-1", requestIds: new Set(["request-1"]) };
    const manifest = {
      key: "manifest",
      text: "{}",
      markers: ["_SUCCESS"],
      replaces: null,
      owner,
      known: false,
      confirm: async () => {},
    };
    await to.commit({ files: [], tables: ["events"], manifest });
    to.close();
    const created = seen.filter(({ call }) => call === "put" || call === "begin");
    expect(created.map(({ call }) => call)).toEqual(["put", "begin", "put", "put"]);
    expect(seen.filter(({ call }) => call === "part").length).toBeGreaterThan(1);
    for (const { headers } of created) {
      expect(headers["x-amz-server-side-encryption"]).toBe(algorithm);
      expect(headers["x-amz-server-side-encryption-aws-kms-key-id"]).toBe(kmsKey);
      expect(headers["x-amz-server-side-encryption-bucket-key-enabled"]).toBe(
        name.endsWith("bucket keys") ? "true" : undefined,
      );
      expect(headers["x-amz-meta-penstock-request-id"]).toBe("request-1");
    }
  });
});
