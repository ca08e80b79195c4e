import { describe, expect, it } from "vitest";
import type { Connection } from "@/lib/schemas/connection";
import { leadsTo, signInWords } from "./address";

const claimed = (endpoint: string) => ({
  id: "00000000-0000-4000-8000-000000000000",
  endpoint,
  bucket: "lake",
  connectionName: null,
  createdAt: "2026-03-29T12:00:00.000Z",
});

describe("leadsTo", () => {
  it.each([
    [null, "aws", true],
    ["https://s3.eu-central-1.amazonaws.com", "aws", true],
    ["https://S3.example.com:443/", "https://s3.example.com", true],
    ["http://127.0.0.1:9000", "http://127.0.0.1:9000", true],
    ["http://127.0.0.1:9001", "http://127.0.0.1:9000", false],
    [null, "https://s3.example.com", false],
    ["https://amazonaws.com.example.org", "aws", false],
  ])("the endpoint %s and a bucket at %s", (endpoint, origin, same) => {
    expect(leadsTo({ endpoint, bucket: "lake" }, claimed(origin))).toBe(same);
  });

  it("tells buckets of one server apart", () => {
    expect(leadsTo({ endpoint: null, bucket: "other" }, claimed("aws"))).toBe(false);
  });
});

describe("signInWords", () => {
  it.each([
    ["snowflake", { auth: "key_pair" }, "Key pair"],
    ["snowflake", { auth: "password" }, "Password"],
    ["bigquery", {}, "Service account key"],
    ["postgres", {}, "Password"],
    ["s3", { auth: "role" }, "IAM role"],
  ])("of %s with %o", (type, config, words) => {
    expect(signInWords({ type, config } as unknown as Connection)).toBe(words);
  });
});
