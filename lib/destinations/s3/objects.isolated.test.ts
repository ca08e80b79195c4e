import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runTag } from "@/testing/runs/run-tag";
import type { ObjectStore } from "../types";
import { openS3 } from "./open";
import { s3DestinationSchema } from "./settings";

// The S3 stand-in listens on the loopback.
vi.mock("../../env", () => ({ getEnv: () => ({ ALLOWED_PRIVATE_HOSTS: "127.0.0.1" }) }));

const MARKS = { "x-amz-meta-penstock-request-id": "r", "x-amz-meta-penstock-mark": "m" };

/** Answers as S3 does for an archived object, one that may not be read, and one that is absent. */
function answer({ method, url = "" }: IncomingMessage, response: ServerResponse) {
  const [, key] = /^\/bucket\/([a-z]*)/.exec(url) ?? [];
  const refuse = (status: number, code: string) =>
    response.writeHead(status, { "content-type": "application/xml" }).end(`<Error><Code>${code}</Code></Error>`);
  if (key === "archived" && method === "HEAD")
    return response.writeHead(200, { etag: '"e"', "content-length": "3", ...MARKS }).end();
  if (key === "archived") return refuse(403, "InvalidObjectState");
  return key === "absent" ? refuse(404, "NoSuchKey") : refuse(403, "AccessDenied");
}

const server = createServer(answer);
let objects: ObjectStore;
let close: () => Promise<void>;
beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const place = { bucket: "bucket", region: "us-east-1", endpoint, forcePathStyle: true, prefix: "" };
  const config = { ...place, auth: "keys" as const, accessKeyId: "key", roleArn: null };
  const to = { config, secret: { secretAccessKey: "secret" }, externalId: "" };
  const destination = openS3(to, s3DestinationSchema.parse({ type: "s3" }), runTag("request-1"));
  objects = destination.objects!;
  close = () => destination.close();
});
afterAll(async () => {
  await close();
  server.close();
});

describe("an object that is read", () => {
  it.each([
    ["archived", "archived"],
    ["forbidden", "refused"],
    ["absent", null],
  ])("is %s", async (key, found) => {
    expect(await objects.digest(key, new AbortController().signal)).toBe(found);
  });
});

describe("an object that is looked at", () => {
  it("has its metadata, in an archive too", async () => {
    expect(await objects.see("archived")).toEqual({
      ...{ etag: "e", bytes: 3, writer: { requestId: "r", exportId: null, mark: "m" } },
    });
  });

  it.each([
    ["forbidden", "refused"],
    ["absent", null],
  ])("is %s", async (key, found) => {
    expect(await objects.see(key)).toBe(found);
  });
});
