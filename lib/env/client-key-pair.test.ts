import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeCa, type Pair, signedBy } from "@/testing/stack/certificates";
import { envSchema } from "./schema";

const REQUIRED = {
  DATABASE_URL: "postgres://localhost/penstock",
  CLICKHOUSE_URL: "http://localhost:8123",
  TEMPORAL_ADDRESS: "localhost:7233",
  ENCRYPTION_KEYS: `k1:${Buffer.alloc(32).toString("base64")}`,
  APP_URL: "http://localhost:3000",
};

const ENCRYPTED = generateKeyPairSync("ec", {
  namedCurve: "P-256",
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "a passphrase" },
}).privateKey;

const folder = mkdtempSync(join(tmpdir(), "penstock-pair-"));
const file = (name: string) => join(folder, name);
let pair: Pair;

beforeAll(async () => {
  const ca = await makeCa();
  const [other, expired] = [await signedBy(ca), await signedBy(ca, { isExpired: true })];
  pair = await signedBy(ca);
  const files = {
    "cert.pem": pair.cert,
    "key.pem": pair.key,
    "other.pem": other.key,
    "expired.pem": expired.cert,
    "expired-key.pem": expired.key,
    "encrypted.pem": ENCRYPTED,
    "text.pem": "no PEM\n",
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(file(name), content);
});
afterAll(() => rmSync(folder, { recursive: true }));

const issuesWith = (cert: string | null, key: string | null) =>
  envSchema
    .safeParse({
      ...REQUIRED,
      ...(cert && { TEMPORAL_TLS_CERT: file(cert) }),
      ...(key && { TEMPORAL_TLS_KEY: file(key) }),
    })
    .error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`)
    .join("\n");

it("takes a certificate with its key", () => {
  const env = envSchema.parse({ ...REQUIRED, TEMPORAL_TLS_CERT: file("cert.pem"), TEMPORAL_TLS_KEY: file("key.pem") });
  expect(env.TEMPORAL_TLS_CERT?.toString()).toBe(pair.cert);
  expect(env.TEMPORAL_TLS_KEY?.toString()).toBe(pair.key);
});

it("takes neither", () => {
  expect(issuesWith(null, null)).toBeUndefined();
});

it.each([
  ["a certificate without a key", "cert.pem", null, /^TEMPORAL_TLS_KEY: Missing\. .* TEMPORAL_TLS_CERT\.$/],
  ["a key without a certificate", null, "key.pem", /^TEMPORAL_TLS_CERT: Missing\. .* TEMPORAL_TLS_KEY\.$/],
  ["another certificate's key", "cert.pem", "other.pem", /^TEMPORAL_TLS_KEY: Not the private key of the certificate/],
  ["a certificate that is missing", "none.pem", "key.pem", /^TEMPORAL_TLS_CERT: Must be .*: the file doesn't exist\.$/],
  ["a key that is missing", "cert.pem", "none.pem", /^TEMPORAL_TLS_KEY: Must be .*: the file doesn't exist\.$/],
  ["a file without a certificate", "text.pem", "key.pem", /^TEMPORAL_TLS_CERT: Must be .*text\.pem can't be used/],
  ["a file without a key", "cert.pem", "text.pem", /^TEMPORAL_TLS_KEY: Must be .*: it contains no private key\.$/],
  ["a key with a passphrase", "cert.pem", "encrypted.pem", /^TEMPORAL_TLS_KEY: Must be .*without a passphrase\.$/],
  ["an expired certificate", "expired.pem", "expired-key.pem", /^TEMPORAL_TLS_CERT: Must be .*: .* expired at \d{4}-/],
])("refuses %s", (_, cert, key, message) => {
  expect(issuesWith(cert, key)).toMatch(message);
});
