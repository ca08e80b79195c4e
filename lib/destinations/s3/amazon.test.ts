import { describe, expect, it } from "vitest";
import { createConnectionSchema } from "../../schemas/connection";
import { isAmazon } from "./amazon";

const OTHER = "https://storage.example.com";
const ROLE = { auth: "role", accessKeyId: null, secretAccessKey: null, roleArn: "arn:aws:iam::123456789012:role/p" };

function problemsOf(config: object): string[] {
  const whole = { bucket: "my-bucket", region: "eu-central-1", accessKeyId: "id", secretAccessKey: "s", ...config };
  const { error } = createConnectionSchema.safeParse({ type: "s3", name: "S3", config: whole });
  return (error?.issues ?? []).map(({ path }) => path.join("."));
}

describe("names of buckets and regions", () => {
  it.each([
    ["an underscore", { endpoint: OTHER, bucket: "my_bucket" }],
    ["capitals", { endpoint: OTHER, bucket: "My.Bucket" }],
    ["255 characters", { endpoint: OTHER, bucket: "b".repeat(255) }],
    ["the region GRA", { endpoint: OTHER, region: "GRA" }],
    ["the region auto", { endpoint: OTHER, region: "auto" }],
    ["the region RegionOne", { endpoint: OTHER, region: "RegionOne" }],
    ["Amazon's own names", {}],
  ])("are taken: %s", (_, config) => expect(problemsOf(config)).toEqual([]));

  it.each([
    ["an underscore at Amazon", { bucket: "my_bucket" }, ["config.bucket"]],
    ["capitals at Amazon, by its endpoint", { endpoint: "https://s3.amazonaws.com", bucket: "MyB" }, ["config.bucket"]],
    ["64 characters at Amazon", { bucket: "b".repeat(64) }, ["config.bucket"]],
    ["the region GRA at Amazon", { region: "GRA" }, ["config.region"]],
    ["a region that gives out no role", { endpoint: OTHER, region: "GRA", ...ROLE }, ["config.region"]],
    ["a slash", { endpoint: OTHER, bucket: "a/b" }, ["config.bucket"]],
    ["a folder up", { endpoint: OTHER, bucket: "..." }, ["config.bucket"]],
    ["256 characters", { endpoint: OTHER, bucket: "b".repeat(256) }, ["config.bucket"]],
    ["a region that is no part of a host", { endpoint: OTHER, region: "a.b" }, ["config.region"]],
    ["no address", { endpoint: "storage", bucket: "my_bucket" }, ["config.endpoint"]],
  ])("are refused: %s", (_, config, expected) => expect(problemsOf(config)).toEqual(expected));

  it.each([
    ["an access point's ARN", "arn:aws:s3:eu-central-1:123456789012:accesspoint/points", "not an access point"],
    ["an access point's alias", "points-abcdefghijklmnopqrstuvwxyz1234-s3alias", "not an access point"],
    ["an alias of Object Lambda", "points-abc123--ol-s3", "not an access point"],
    ["an alias of many regions", "mfzwi23gnjvgw.mrap", "not an access point"],
    ["a directory bucket", "exports--euc1-az1--x-s3", "Enter a general purpose bucket"],
    ["a table bucket", "exports--table-s3", "Enter a general purpose bucket"],
  ])("that stand for %s at Amazon are refused with what to enter", (_, bucket, words) => {
    const refused = (endpoint: string | null) =>
      createConnectionSchema.safeParse({
        type: "s3",
        name: "S3",
        config: { bucket, region: "eu-central-1", endpoint, accessKeyId: "id", secretAccessKey: "s" },
      }).error?.issues ?? [];
    expect(refused(null)).toMatchObject([{ path: ["config", "bucket"], message: expect.stringContaining(words) }]);
    if (!bucket.startsWith("arn:")) expect(refused(OTHER)).toEqual([]);
  });

  it.each([
    [null, true],
    ["https://s3.eu-central-1.amazonaws.com", true],
    ["https://S3.AmazonAWS.com.", true],
    ["https://s3.cn-north-1.amazonaws.com.cn", true],
    ["https://amazonaws.com.example.com", false],
    ["https://notamazonaws.com", false],
  ])("at %s are Amazon's: %s", (endpoint, expected) => expect(isAmazon(endpoint)).toBe(expected));
});
