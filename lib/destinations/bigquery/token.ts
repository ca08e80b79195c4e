import { createPrivateKey, type KeyObject, sign } from "node:crypto";
import { ExportError } from "../../errors";
import { type KeyFile, readKeyFile } from "./key-file";

const SCOPE = "https://www.googleapis.com/auth/bigquery";
/** Lifetime of a token in seconds: the maximum that Google accepts. */
const LIFE = 3600;
/** Seconds before its expiry at which a token is replaced. */
const MARGIN = 300;

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

const badKey = (what: string) =>
  new ExportError({
    code: "bad_credentials",
    message: `The service account key ${what}.`,
    fix: "Create a new key for the service account and enter the whole JSON file in the connection; then retry the run.",
    retryable: false,
  });

/** A connection's key. Throws an `ExportError` that says what is wrong with it. */
export function keyOf(text: string): KeyFile & { privateKey: KeyObject } {
  const read = readKeyFile(text);
  if ("problem" in read) throw badKey(read.problem);
  try {
    return { ...read.key, privateKey: createPrivateKey(read.key.private_key) };
  } catch {
    throw badKey("has a private_key that can't be read");
  }
}

/**
 * Makes the tokens for requests: JSON Web Tokens signed with the service account's key, which Google's APIs accept
 * directly. No token server is involved, so the key file can't lead Penstock to one. Source: google.aip.dev/auth/4111.
 */
export class Tokens {
  #token = "";
  #until = 0;
  readonly #key: ReturnType<typeof keyOf>;

  constructor(keyFile: string) {
    this.#key = keyOf(keyFile);
  }

  get email(): string {
    return this.#key.client_email;
  }

  current(now = Math.floor(Date.now() / 1000)): string {
    if (now < this.#until) return this.#token;
    const { client_email, private_key_id, privateKey } = this.#key;
    const header = base64({ alg: "RS256", typ: "JWT", ...(private_key_id && { kid: private_key_id }) });
    const claims = base64({ iss: client_email, sub: client_email, scope: SCOPE, iat: now, exp: now + LIFE });
    const signed = `${header}.${claims}`;
    this.#token = `${signed}.${sign("RSA-SHA256", Buffer.from(signed), privateKey).toString("base64url")}`;
    this.#until = now + LIFE - MARGIN;
    return this.#token;
  }
}
