import { describe, expect, it } from "vitest";
import { type S3Config, s3ConfigSchema } from "@/lib/destinations/s3/schema";
import { mergeConfig } from "./merge";

const ROLE = "arn:aws:iam::123456789012:role/penstock";
const address = { bucket: "a-bucket", region: "eu-central-1" };
const keys = s3ConfigSchema.parse({ ...address, accessKeyId: "id" });
const role = s3ConfigSchema.parse({ ...address, auth: "role", roleArn: ROLE });
const policy = s3ConfigSchema.parse({ ...address, auth: "policy" });

type Given = Parameters<typeof mergeConfig>[1];

describe("a connection's settings with what was given", () => {
  it.each<[string, S3Config, Given, object]>([
    ["nothing", keys, {}, { config: keys, secret: undefined, moved: false }],
    ["the same again", keys, { bucket: "a-bucket" }, { moved: false }],
    ["another bucket", keys, { bucket: "b-bucket" }, { secret: undefined, moved: true }],
    ["another secret", keys, { secretAccessKey: "new" }, { config: keys, secret: "new", moved: true }],
    [
      "a role for keys",
      keys,
      { auth: "role", roleArn: ROLE },
      { config: { accessKeyId: null, roleArn: ROLE }, secret: null, moved: true },
    ],
    ["a bucket policy for a role", role, { auth: "policy" }, { config: { roleArn: null }, secret: null, moved: true }],
    [
      "keys for a role",
      role,
      { auth: "keys", accessKeyId: "id", secretAccessKey: "new" },
      { config: { accessKeyId: "id", roleArn: null }, secret: "new", moved: true },
    ],
  ])("%s", (_, stored, given, merged) => {
    expect(mergeConfig(stored, given, stored.auth === "keys")).toMatchObject(merged);
  });

  it.each<[string, S3Config, Given, string[]]>([
    ["keys without a secret", role, { auth: "keys", accessKeyId: "id" }, ["config.secretAccessKey"]],
    ["keys without an id", policy, { auth: "keys", secretAccessKey: "new" }, ["config.accessKeyId"]],
    ["a role without its name", keys, { auth: "role" }, ["config.roleArn"]],
    ["a secret for a role", role, { secretAccessKey: "new" }, ["config.secretAccessKey"]],
    ["a role for a bucket policy", policy, { roleArn: ROLE }, ["config.roleArn"]],
  ])("refuses %s", (_, stored, given, paths) => {
    const merge = () => mergeConfig(stored, given, stored.auth === "keys");
    expect(merge).toThrow(
      expect.objectContaining({ status: 422, details: paths.map((path) => expect.objectContaining({ path })) }),
    );
  });
});
