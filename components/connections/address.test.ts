import { describe, expect, it } from "vitest";
import { bucketAddress } from "@/lib/destinations/s3/bucket-address";
import type { Connection } from "@/lib/schemas/connection";
import { isClaimed, signInWords } from "./address";

const claimed = (endpoint: string) => ({
  id: "00000000-0000-4000-8000-000000000000",
  endpoint,
  bucket: "lake",
  connectionName: null,
  createdAt: "2026-03-29T12:00:00.000Z",
});

describe("isClaimed", () => {
  it.each([
    [null, "eu-central-1", "aws", true],
    [null, "cn-north-1", "aws-cn", true],
    [null, "cn-north-1", "aws", false],
    [null, "us-gov-west-1", "aws-us-gov", true],
    ["https://s3.eu-central-1.amazonaws.com", "eu-central-1", "aws", true],
    ["https://s3.cn-north-1.amazonaws.com.cn", "cn-north-1", "aws-cn", true],
    ["https://S3.example.com:443/", "us-east-1", "https://s3.example.com", true],
    ["http://localhost:9000", "us-east-1", "http://127.0.0.1:9000", true],
    ["http://127.0.0.1:9001", "us-east-1", "http://127.0.0.1:9000", false],
    [null, "us-east-1", "https://s3.example.com", false],
    ["https://amazonaws.com.example.org", "us-east-1", "aws", false],
  ])("the endpoint %s in %s and a bucket at %s", (endpoint, region, origin, same) => {
    expect(isClaimed(bucketAddress({ endpoint, region, bucket: "lake" }), claimed(origin))).toBe(same);
  });

  it("distinguishes buckets of one server", () => {
    expect(isClaimed(bucketAddress({ endpoint: null, region: "us-east-1", bucket: "other" }), claimed("aws"))).toBe(
      false,
    );
  });
});

describe("signInWords", () => {
  it.each([
    ["snowflake", { auth: "key_pair" }, "Key pair"],
    ["snowflake", { auth: "token" }, "Programmatic access token"],
    ["snowflake", { auth: "password" }, "Password"],
    ["bigquery", {}, "Service account key"],
    ["postgres", {}, "Password"],
    ["s3", { auth: "role" }, "IAM role"],
  ])("of %s with %o", (type, config, words) => {
    expect(signInWords({ type, config } as unknown as Connection)).toBe(words);
  });
});
