import { createHash, createHmac } from "node:crypto";

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string | null;
}

const EMPTY = createHash("sha256").digest("hex");

const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/** Percent-encoding as AWS signs it: everything but letters, digits, and four others. */
export const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** Sorted by name: no name is given twice. */
export const queryOf = (query: Record<string, string>): string =>
  Object.entries(query)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join("&");

export interface Target {
  host: string;
  /** Encoded already, as it is sent. */
  path: string;
  query: string;
}

/** Headers of a GET request without a body, signed by AWS Signature Version 4. */
export function signedHeaders(
  { host, path, query }: Target,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
  region: string,
  now: Date,
): Record<string, string> {
  const at = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
  const day = at.slice(0, 8);
  const headers: Record<string, string> = {
    host,
    "x-amz-content-sha256": EMPTY,
    "x-amz-date": at,
    ...(sessionToken !== null && { "x-amz-security-token": sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join("");
  const request = ["GET", path, query, lines, names.join(";"), EMPTY].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const digest = createHash("sha256").update(request).digest("hex");
  const key = [region, "s3", "aws4_request"].reduce(hmac, hmac(`AWS4${secretAccessKey}`, day));
  const signature = hmac(key, ["AWS4-HMAC-SHA256", at, scope, digest].join("\n")).toString("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return { ...headers, authorization };
}
