import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { storage, TestBucket } from "@/testing/runs/bucket";
import { checksumHeaders, REFUSALS, refusal } from "@/testing/runs/faults/checksum-refusals";
import { errorAnswer } from "@/testing/runs/faults/s3-answers";
import type { S3Operation } from "@/testing/runs/faults/s3-operation";
import { S3Proxy } from "@/testing/runs/faults/s3-proxy";
import { strictParts } from "@/testing/runs/faults/strict-parts";
import { runTag } from "@/testing/runs/run-tag";
import { MIB } from "../../units";
import type { Capabilities } from "../types";
import { openS3 } from "./open";
import { s3DestinationSchema } from "./settings";
import { verifyS3 } from "./verify";

const SENTENCE = "This storage refuses CRC32 headers, so Penstock uploads without them.";
const never = new AbortController().signal;

let bucket: TestBucket;
let proxy: S3Proxy;
const passed: { operation: S3Operation; headers: IncomingHttpHeaders }[] = [];

beforeAll(async () => {
  bucket = await TestBucket.make();
  proxy = await S3Proxy.open(storage().endpoint);
});
afterAll(async () => {
  await proxy.close();
  await bucket.remove();
});

/** Makes the proxy refuse checksums in these operations; in all, if none are given. */
function refuseChecksums(name: string | null, only?: readonly S3Operation[]): void {
  passed.length = 0;
  proxy.refuse = ({ operation, headers }) => {
    const refused = checksumHeaders(headers).length > 0 && (only?.includes(operation) ?? true);
    if (name !== null && refused) return refusal(name);
    passed.push({ operation, headers });
    return null;
  };
}

const sum = () => passed.flatMap(({ headers }) => checksumHeaders(headers));

function connection(capabilities: Capabilities | null = null) {
  const { secretAccessKey, ...root } = storage();
  const config = { bucket: bucket.name, forcePathStyle: true, auth: "keys" as const, roleArn: null, prefix: "" };
  return {
    config: { ...config, ...root, endpoint: proxy.endpoint },
    secret: { secretAccessKey },
    externalId: "",
    capabilities,
  };
}

const settings = s3DestinationSchema.parse({ type: "s3" });

function put(key: string, bytes: Buffer, capabilities: Capabilities | null) {
  const to = openS3(connection(capabilities), settings, runTag("request-1"));
  const body = Readable.from([bytes], { objectMode: false });
  return to.putFile({ key, table: "events", body, contentType: "text/plain" }, never).finally(() => to.close());
}

describe.each(Object.keys(REFUSALS))("a storage that answers to checksums with %s", (name) => {
  it("passes the verification, which says that uploads go without", async () => {
    refuseChecksums(name);
    // An earlier verification's result must not hide the current state.
    for (const known of [null, { checksums: true }, { checksums: false }]) {
      const { ok, steps, capabilities } = await verifyS3(connection(known), [settings]);
      expect(steps.filter(({ status }) => status !== "passed")).toEqual([]);
      expect({ ok, capabilities }).toEqual({ ok: true, capabilities: { checksums: false } });
      expect(steps.find((step) => step.name === "Write")?.message).toContain(SENTENCE);
    }
    expect(await bucket.keys(".penstock")).toEqual([]);
    expect(await bucket.openUploads()).toEqual([]);
  });

  it("takes files, small and in parts, once that is known", async () => {
    refuseChecksums(name);
    for (const size of [0, 5, 12 * MIB]) {
      const bytes = randomBytes(size);
      await put(`${name}/${size}`, bytes, { checksums: false });
      expect((await bucket.bytes(`${name}/${size}`)).equals(bytes)).toBe(true);
    }
    expect(sum()).toEqual([]);
    const bodies = passed.filter(({ operation }) => operation === "PutObject" || operation === "UploadPart");
    // If nothing else covers a body, the signature does.
    for (const { headers } of bodies) expect(headers["x-amz-content-sha256"]).toMatch(/^[0-9a-f]{64}$/);
  });

  it.skipIf(name.startsWith("403"))("says to verify again, where that is not known", async () => {
    refuseChecksums(name);
    for (const size of [5, 12 * MIB]) {
      const failed = put(`${name}/refused`, randomBytes(size), null);
      await expect(failed).rejects.toMatchObject({
        failure: {
          code: "storage_refused",
          retryable: false,
          fix: expect.stringMatching(/^Verify the connection again/),
        },
      });
    }
    expect(await bucket.keys(`${name}/refused`)).toEqual([]);
  });
});

it("a storage that refuses them in parts only is found by the step that uploads in parts", async () => {
  for (const only of [["CreateMultipartUpload"], ["UploadPart"]] as const) {
    refuseChecksums("501 with S3's own words", only);
    const { ok, steps, capabilities } = await verifyS3(connection(), [settings]);
    expect({ ok, capabilities }).toEqual({ ok: true, capabilities: { checksums: false } });
    const saying = steps.filter(({ message }) => message.includes(SENTENCE)).map((step) => step.name);
    expect(saying).toEqual(["Multipart upload"]);
  }
  expect(await bucket.openUploads()).toEqual([]);
});

it("a storage that takes them is sent them, in every write", async () => {
  refuseChecksums(null);
  const { capabilities, steps } = await verifyS3(connection({ checksums: false }), [settings]);
  expect(capabilities).toEqual({ checksums: true });
  expect(steps.some(({ message }) => message.includes("CRC32"))).toBe(false);
  for (const known of [null, { checksums: true }]) {
    passed.length = 0;
    for (const size of [12 * MIB, 5]) await put(`taken/${randomUUID()}`, randomBytes(size), known);
    for (const { operation, headers } of passed)
      if (operation === "PutObject" || operation === "UploadPart")
        expect(headers, operation).toHaveProperty("x-amz-checksum-crc32");
    expect(passed.filter(({ operation }) => operation === "CreateMultipartUpload")[0]?.headers).toMatchObject({
      "x-amz-checksum-algorithm": "CRC32",
    });
  }
});

it("a storage that refuses the write for another reason is not taken for one that refuses checksums", async () => {
  passed.length = 0;
  proxy.refuse = ({ operation }) => (operation === "PutObject" ? refusal("501 with S3's own words") : null);
  const { ok, steps, capabilities } = await verifyS3(connection(), [settings]);
  expect({ ok, capabilities }).toEqual({ ok: false, capabilities: undefined });
  const failed = steps.find(({ status }) => status === "failed");
  expect(failed).toMatchObject({ name: "Write", fix: expect.not.stringContaining("checksum") });
});

it("a storage that wants an upload's checksums to fit together takes it, and the verification passes", async () => {
  const strict = strictParts();
  const begun: unknown[] = [];
  proxy.refuse = (asked) => {
    if (asked.operation === "CreateMultipartUpload") begun.push(asked.headers["x-amz-checksum-algorithm"]);
    const refused = strict(asked);
    return refused && errorAnswer(refused.status, refused.code);
  };
  const { steps } = await verifyS3(connection(), [settings]);
  expect(steps.filter(({ status }) => status !== "passed")).toEqual([]);
  await put(`strict/${randomUUID()}`, randomBytes(12 * MIB), null);
  expect(begun).toEqual(["CRC32", "CRC32", "CRC32"]);
});
