import { createHash, createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { existsSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Answered, startServer } from "@/testing/stand-ins/snowflake-server";
import { HOUR } from "../../units";
import { withSnowflake } from "./client";
import { snowflakeFailure } from "./errors";
import { openKey } from "./key";
import { type SnowflakeConfig, snowflakeConfigSchema, snowflakeSecretSchema } from "./schema";

// The test server listens on the loopback.
vi.mock("../../env", () => ({ getEnv: () => ({ ALLOWED_PRIVATE_HOSTS: "127.0.0.1" }) }));

let server: Awaited<ReturnType<typeof startServer>>;
afterEach(() => server?.close());

const passphrase = "let me in";
const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase },
});

const configOf = (accessUrl: string, more: Partial<SnowflakeConfig> = {}) =>
  snowflakeConfigSchema.parse({
    account: "myorg-acc.eu-central-1",
    username: "penstock",
    warehouse: "wh",
    database: "db",
    accessUrl,
    ...more,
  });

/** Signs in at a server with this answer, and returns the failure. */
async function signIn(answer: () => Answered, secret: object = { privateKey, passphrase }, more = {}) {
  server = await startServer(answer);
  const config = configOf(server.url, more);
  const connection = { config, secret: snowflakeSecretSchema.parse(secret), externalId: "" };
  return withSnowflake(connection, async () => null).catch((error) => snowflakeFailure(error, config).failure);
}

const refused = (code: string): Answered => ({ json: { data: null, code, message: "no", success: false } });
const loginOf = () => {
  const login = server.asked.find(({ url }) => url.startsWith("/session/v1/login-request"));
  return (JSON.parse(login?.body.toString() ?? "{}") as { data: Record<string, string> }).data;
};
const part = (text = "") => JSON.parse(Buffer.from(text, "base64url").toString()) as Record<string, unknown>;

describe("signing in with a key pair", () => {
  it("sends a token that is signed by the key and says who signs in, for a short time", async () => {
    expect(await signIn(() => refused("390144"))).toMatchObject({ code: "bad_credentials", retryable: false });
    const { TOKEN = "", ...login } = loginOf();
    expect(login).toMatchObject({ AUTHENTICATOR: "SNOWFLAKE_JWT", LOGIN_NAME: "penstock", ACCOUNT_NAME: "myorg-acc" });
    const [header, payload, signature = ""] = TOKEN.split(".");
    expect(part(header)).toMatchObject({ alg: "RS256" });
    expect(verify("sha256", Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, "base64url"))).toBe(
      true,
    );
    const der = createPublicKey(publicKey).export({ type: "spki", format: "der" });
    const fingerprint = createHash("sha256").update(der).digest("base64");
    const claims = part(payload);
    expect(claims).toMatchObject({ iss: `MYORG-ACC.PENSTOCK.SHA256:${fingerprint}`, sub: "MYORG-ACC.PENSTOCK" });
    // The driver counts in milliseconds, the standard in seconds.
    const left = Number(claims.exp) - Date.now();
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(HOUR);
  });

  it("sends nothing of the key, its passphrase or this machine's place in a cloud", async () => {
    await signIn(() => refused("390144"));
    const all = server.asked.map(({ url, body }) => url + body.toString()).join();
    expect(all).not.toMatch(/PRIVATE KEY|let me in/);
    expect(loginOf()).toMatchObject({ CLIENT_ENVIRONMENT: { PLATFORM: ["disabled"] } });
  });

  it.each([
    ["another passphrase", { privateKey, passphrase: "wrong" }],
    ["no passphrase", { privateKey }],
    ["no key", { privateKey: "-----BEGIN PRIVATE KEY-----\nno\n-----END PRIVATE KEY-----" }],
  ])("tells %s before it connects", async (_, secret) => {
    const failure = await signIn(() => refused("390144"), secret);
    expect(failure).toMatchObject({ code: "bad_credentials", message: expect.stringContaining("can't be read") });
    expect(server.asked).toEqual([]);
  });

  it("takes keys that are not encrypted, and refuses keys that are not RSA", () => {
    const plain = openKey(snowflakeSecretSchema.parse({ privateKey, passphrase }));
    expect(openKey(snowflakeSecretSchema.parse({ privateKey: plain }))).toBe(plain);
    const { privateKey: other } = generateKeyPairSync("ec", {
      namedCurve: "P-256",
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    expect(() => openKey(snowflakeSecretSchema.parse({ privateKey: other }))).toThrow("can't be read");
  });
});

describe("signing in with a token or a password", () => {
  /** Refuses as Snowflake does: passwords, other tokens, and tokens without a network policy. */
  const refuse = (policy: boolean) => (): Answered => {
    const { AUTHENTICATOR, TOKEN, PASSWORD } = loginOf();
    const no = (code: string, message: string) => ({ json: { data: null, code, message, success: false } });
    if (PASSWORD) return no("394507", "MFA authentication is required,\nbut none of your methods is supported.");
    if (AUTHENTICATOR !== "PROGRAMMATIC_ACCESS_TOKEN" || TOKEN !== "right")
      return no("394400", "Programmatic access token is invalid.");
    if (!policy) return no("390432", "Network policy is required.");
    return { json: { data: { token: "t", masterToken: "m", parameters: [], sessionId: 1 }, success: true } };
  };

  // Source of the codes: drivers' reports, like github.com/okou-ai/vm0-skills/pull/178, and
  // https://docs.snowflake.com/en/user-guide/programmatic-access-tokens. Passwords end for all users by October 2026:
  // https://docs.snowflake.com/en/user-guide/security-mfa-rollout
  it.each([
    ["a token", { auth: "token" }, { token: "right" }, true, null],
    [
      "a token without a network policy",
      { auth: "token" },
      { token: "right" },
      false,
      ["address_not_allowed", "Network policy is required.", 'ALTER USER "PENSTOCK" SET NETWORK_POLICY'],
    ],
    [
      "a wrong token",
      { auth: "token" },
      { token: "wrong" },
      true,
      ["bad_credentials", "Programmatic access token is invalid.", "ADD PROGRAMMATIC ACCESS TOKEN"],
    ],
    [
      "a password",
      { auth: "password" },
      { password: "p" },
      true,
      [
        "bad_credentials",
        "MFA authentication is required, but none",
        "Snowflake no longer allows sign-ins with only a password",
      ],
    ],
  ])("%s", async (_, more, secret, policy, expected) => {
    const failure = await signIn(refuse(policy), secret, more);
    if (!expected) return expect(failure).toBeNull();
    const [code, message, fix] = expected;
    expect(failure).toMatchObject({
      code,
      message: expect.stringContaining(message ?? ""),
      fix: expect.stringContaining(fix ?? ""),
      retryable: false,
    });
  });
});

describe("the driver", () => {
  it("follows no redirect", async () => {
    const elsewhere = await startServer(() => ({ json: {} }));
    try {
      const redirect = { status: 307, headers: { location: `${elsewhere.url}/taken` } };
      expect(await signIn(() => redirect, { password: "p" }, { auth: "password" })).toMatchObject({
        code: "wrong_account",
      });
      expect(elsewhere.asked).toEqual([]);
    } finally {
      elsewhere.close();
    }
  });

  it("connects to no address that the guard refuses", async () => {
    const config = configOf("http://169.254.169.254");
    const connection = { config, secret: snowflakeSecretSchema.parse({ privateKey, passphrase }), externalId: "" };
    await expect(withSnowflake(connection, async () => null)).rejects.toMatchObject({
      failure: { code: "address_refused" },
    });
  });

  it("writes no log file", () => {
    expect(existsSync("snowflake.log")).toBe(false);
  });
});
