import { expect, it } from "vitest";
import { createConnectionSchema } from "@/lib/schemas/connection";
import { emptyS3 } from "./form";
import { endpointFor, type Provider } from "./providers";

it.each<[Provider, string | null, string | null]>([
  ["aws", "https://s3.example.com", null],
  ["other", null, ""],
  ["other", "https://s3.example.com", "https://s3.example.com"],
  ["r2", null, ""],
])("gives %s with the endpoint %s the endpoint %s", (provider, endpoint, expected) => {
  expect(endpointFor(provider, endpoint)).toBe(expected);
});

it("refuses an empty endpoint, which is not Amazon's", () => {
  const config = { ...emptyS3(), bucket: "a-bucket", accessKeyId: "key", secretAccessKey: "secret", roleArn: null };
  const issuesWith = (endpoint: string | null) =>
    createConnectionSchema.safeParse({ type: "s3", name: "A bucket", config: { ...config, endpoint } }).error?.issues;
  expect(issuesWith(endpointFor("other", null))).toMatchObject([
    { path: ["config", "endpoint"], message: "Enter an http:// or https:// URL." },
  ]);
  expect(issuesWith(endpointFor("aws", ""))).toBeUndefined();
});
