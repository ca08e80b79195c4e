import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { s3Client } from "./client";

describe("a storage with names of its own", () => {
  it.each([
    ["my_bucket", "GRA", false],
    ["my_bucket", "auto", true],
    ["My.Bucket", "RegionOne", false],
    ["b".repeat(255), "us-west-004", false],
  ])("is asked for %s in %s by its path, signed for that region", async (bucket, region, forcePathStyle) => {
    const seen: { url: string; scope: string }[] = [];
    const server = createServer(({ url = "", headers }, answer) => {
      seen.push({ url, scope: headers.authorization ?? "" });
      answer.end();
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const config = { bucket, region, endpoint, forcePathStyle, prefix: "", auth: "keys" as const };
    const client = s3Client(
      { config: { ...config, accessKeyId: "id", roleArn: null }, secret: { secretAccessKey: "s" }, externalId: "" },
      "test",
    );
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: "a/b", Body: "x" }));
    client.destroy();
    server.close().closeAllConnections();
    expect(seen[0]?.url).toMatch(new RegExp(`^/${bucket}/a/b\\?`));
    expect(seen[0]?.scope).toContain(`/${region}/s3/aws4_request`);
  });
});
