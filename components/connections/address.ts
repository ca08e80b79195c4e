import { valueWords } from "@/components/spec-fields/visible";
import { warehouseForms } from "@/lib/destinations/forms";
import type { Connection, S3Config } from "@/lib/schemas/connection";
import type { Bucket } from "@/lib/schemas/policy";
import { providerWords } from "./providers";
import { isSecret } from "./warehouse-form";

/** Where a connection leads, as tools write it. */
export function addressOf(connection: Connection): string {
  const { type, config } = connection;
  if ("bucket" in config) return `s3://${config.bucket}/${config.prefix}`;
  if ("dataset" in config) return `${type}://${config.projectId}/${config.dataset}`;
  const server = "account" in config ? config.account : `${config.host}:${config.port}`;
  return `${type}://${server}/${config.database}/${config.schema}`;
}

const authWords: Record<S3Config["auth"], string> = {
  keys: "Access keys",
  role: "IAM role",
  policy: "Bucket policy",
};

/** What kind of server or warehouse a connection leads to. */
export const kindWords = (connection: Connection): string =>
  connection.type === "s3" ? providerWords(connection.config.endpoint) : warehouseForms[connection.type].label;

/** How a connection shows who it is. */
export function signInWords(connection: Connection): string {
  const { type, config } = connection;
  if (type === "s3") return authWords[config.auth];
  const specs = warehouseForms[type].connection;
  const way = specs.find(({ name }) => name === "auth");
  if (way && "auth" in config) return valueWords(way, config.auth);
  const secret = specs.find((spec) => isSecret(type, spec))?.label ?? "";
  // What it is to be typed in as is of no interest any more.
  return secret.replace(/ \(.*\)$/, "");
}

const isAmazon = (host: string) => /(^|\.)amazonaws\.com(\.cn)?$/.test(host);

/** Whether a bucket of the organization is the one that a connection leads to. */
export function leadsTo({ endpoint, bucket }: Pick<S3Config, "endpoint" | "bucket">, claimed: Bucket): boolean {
  if (claimed.bucket !== bucket) return false;
  if (endpoint === null) return claimed.endpoint === "aws";
  const { origin, hostname } = new URL(endpoint);
  return claimed.endpoint === origin || (claimed.endpoint === "aws" && isAmazon(hostname));
}
