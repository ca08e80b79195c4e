import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { destinations } from "@/lib/destinations/catalog";
import { type S3Config, type S3Secret, s3ConfigSchema } from "@/lib/destinations/s3/schema";
import { mergeConnection } from "./merge";

const ROLE = "arn:aws:iam::123456789012:role/penstock";
const address = { bucket: "a-bucket", region: "eu-central-1" };
const keys = s3ConfigSchema.parse({ ...address, accessKeyId: "id" });
const role = s3ConfigSchema.parse({ ...address, auth: "role", roleArn: ROLE });
const policy = s3ConfigSchema.parse({ ...address, auth: "policy" });

const keyFile = JSON.stringify({
  type: "service_account",
  client_email: "penstock@my-project.iam.gserviceaccount.com",
  private_key: "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
  private_key_id: "k1",
});

type Given = z.infer<(typeof destinations.s3)["patch"]>;

/** Merges an S3 connection and unwraps its secret. */
function mergeConfig(config: S3Config, given: Given, hasSecret: boolean) {
  const openSecret = () => ({ secretAccessKey: null });
  const { secret, ...merged } = mergeConnection({ type: "s3", config, hasSecret, openSecret }, given);
  return { ...merged, secret: secret && (secret as S3Secret).secretAccessKey };
}

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

  it("finds a connection of an earlier version unchanged, which lacks later fields", () => {
    const { acl, expectedBucketOwner, requesterPays, ...earlier } = keys;
    const same = { acl, expectedBucketOwner, requesterPays };
    expect(mergeConfig(earlier as S3Config, same, true)).toMatchObject({ moved: false, config: same });
    expect(mergeConfig(earlier as S3Config, { requesterPays: true }, true)).toMatchObject({ moved: true });
    expect(() => mergeConfig(keys, { expectedBucketOwner: "12345" }, true)).toThrow();
  });

  it("takes a new secret for a bucket that an earlier version took, but no such bucket anew", () => {
    const aliased = { ...keys, bucket: "points-abc123-s3alias" };
    expect(mergeConfig(aliased, { secretAccessKey: "new" }, true)).toMatchObject({ secret: "new", moved: true });
    expect(() => mergeConfig(keys, { bucket: aliased.bucket }, true)).toThrow();
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

describe("a stored secret", () => {
  const CA = "-----BEGIN CERTIFICATE-----";
  const postgres = { host: "db.example.com", database: "d", username: "u" };
  const snowflake = { account: "myorg-one", username: "u", warehouse: "W", database: "D", auth: "password" };
  const bigquery = { projectId: "my-project", dataset: "d" };
  const stored = {
    s3: { config: { ...keys, endpoint: "https://s3.example.com" }, secret: { secretAccessKey: "old" } },
    postgres: { config: destinations.postgres.config.parse(postgres), secret: { password: "old" } },
    snowflake: {
      config: destinations.snowflake.config.parse(snowflake),
      secret: { privateKey: null, passphrase: null, password: "old" },
    },
    bigquery: { config: destinations.bigquery.config.parse(bigquery), secret: { serviceAccountKey: keyFile } },
  };
  const merge = (type: keyof typeof stored, given: Record<string, unknown>) =>
    mergeConnection(
      { type, config: stored[type].config, hasSecret: true, openSecret: () => stored[type].secret },
      given,
    );

  it.each<[keyof typeof stored, Record<string, unknown>, string]>([
    ["s3", { endpoint: "https://attacker.example" }, "secretAccessKey"],
    ["s3", { endpoint: "http://s3.example.com" }, "secretAccessKey"],
    ["s3", { endpoint: null }, "secretAccessKey"],
    ["postgres", { host: "attacker.example" }, "password"],
    ["postgres", { port: 6432 }, "password"],
    ["postgres", { tls: "disable" }, "password"],
    ["postgres", { tls: "require" }, "password"],
    ["snowflake", { account: "myorg-two" }, "password"],
    ["snowflake", { accessUrl: "https://attacker.example" }, "password"],
    ["bigquery", { apiEndpoint: "https://attacker.example" }, "serviceAccountKey"],
  ])("of %s with %o must be entered again", (type, given, secret) => {
    const path = `config.${secret}`;
    const message = expect.stringContaining("Enter it again: the stored one is only for");
    expect(() => merge(type, given)).toThrow(expect.objectContaining({ status: 422, details: [{ path, message }] }));
    const entered = type === "bigquery" ? keyFile.replace("k1", "k2") : "new";
    expect(merge(type, { ...given, [secret]: entered })).toMatchObject({ secret: { [secret]: entered }, moved: true });
  });

  it.each<[keyof typeof stored, Record<string, unknown>]>([
    ["s3", { bucket: "b-bucket", prefix: "a/", region: "us-east-1", endpoint: "https://S3.example.com:443" }],
    ["postgres", { database: "other", schema: "s", username: "other", host: "DB.example.com", tlsCa: CA }],
    ["snowflake", { database: "OTHER", schema: "S", role: "R", warehouse: "W2" }],
    ["bigquery", { projectId: "other-project", dataset: "other", location: "US" }],
  ])("of %s stays with %o", (type, given) => {
    expect(merge(type, given)).toMatchObject({ secret: undefined, moved: true });
  });
});
