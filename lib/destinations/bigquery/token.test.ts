import { verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { testKey } from "@/testing/stand-ins/bigquery-api";
import { readKeyFile } from "./key-file";
import { bigquerySecretSchema } from "./schema";
import { keyOf, Tokens } from "./token";

const { fields, publicKey } = testKey;
const file = (change: object = {}) => JSON.stringify({ ...fields, ...change });
const decoded = (part = "") => JSON.parse(Buffer.from(part, "base64url").toString());

describe("a service account's key file", () => {
  it("is taken as Google gives it, without its addresses", () => {
    const read = readKeyFile(file({ universe_domain: "evil.example" }));
    expect(read).toEqual({
      key: { ...fields, token_uri: undefined },
    });
    expect(JSON.stringify(read)).not.toMatch(/169\.254|evil/);
  });

  it.each([
    ["no json", "Must be the JSON of a key file, as Google provides it."],
    ["[]", expect.any(String)],
    [file({ type: "authorized_user" }), "Must be the key of a service account: its “type” is different."],
    [
      file({ type: "external_account", credential_source: { url: "http://10.0.0.1" } }),
      expect.stringContaining("type"),
    ],
    [file({ client_email: undefined }), "The key file has no client_email."],
    [file({ client_email: "me@example.com" }), "The key file's client_email isn't a service account's."],
    [file({ client_email: `x"; rm -rf ~@p.iam.gserviceaccount.com` }), expect.stringContaining("client_email")],
    [file({ private_key: undefined }), "The key file has no private_key."],
    [file({ private_key: "secret-words" }), "The key file's private_key isn't in PEM format."],
  ])("is refused in words that repeat nothing of it: %#", (text, problem) => {
    const read = readKeyFile(text);
    expect(read).toEqual({ problem });
    expect(JSON.stringify(read)).not.toContain("secret-words");
    expect(bigquerySecretSchema.safeParse({ serviceAccountKey: text }).success).toBe(false);
  });

  it("is refused for good where its key can't be read", () => {
    const broken = file({ private_key: "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n" });
    expect(() => keyOf(broken)).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: "bad_credentials", retryable: false }) }),
    );
  });
});

describe("a token", () => {
  it("says who asks for what until when, and is signed by the key", () => {
    const [header, claims, signature = ""] = new Tokens(file()).current(1_000).split(".");
    expect(decoded(header)).toEqual({ alg: "RS256", typ: "JWT", kid: "abc123" });
    expect(decoded(claims)).toEqual({
      iss: fields.client_email,
      sub: fields.client_email,
      scope: "https://www.googleapis.com/auth/bigquery",
      iat: 1_000,
      exp: 4_600,
    });
    const signed = Buffer.from(`${header}.${claims}`);
    expect(verify("RSA-SHA256", signed, publicKey, Buffer.from(signature, "base64url"))).toBe(true);
  });

  it("is used again until shortly before its end", () => {
    const tokens = new Tokens(file());
    const first = tokens.current(1_000);
    expect(tokens.current(4_299)).toBe(first);
    expect(tokens.current(4_300)).not.toBe(first);
  });
});
