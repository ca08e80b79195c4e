import { valueWords } from "@/components/spec-fields/visible";
import { destinations } from "@/lib/destinations/catalog";
import { bucketAddress } from "@/lib/destinations/s3/bucket-address";
import type { S3Config } from "@/lib/destinations/s3/schema";
import type { Connection } from "@/lib/schemas/connection";
import type { Bucket } from "@/lib/schemas/policy";
import { providerWords } from "./providers";
import { isSecret } from "./warehouse-form";

const authWords: Record<S3Config["auth"], string> = {
  keys: "Access keys",
  role: "IAM role",
  policy: "Bucket policy",
};

/** What kind of server or warehouse a connection leads to. */
export const kindWords = (connection: Connection): string =>
  connection.type === "s3" ? providerWords(connection.config.endpoint) : destinations[connection.type].form.label;

/** How a connection shows who it is. */
export function signInWords(connection: Connection): string {
  const { type, config } = connection;
  if (type === "s3") return authWords[config.auth];
  const specs = destinations[type].form.connection;
  const way = specs.find(({ name }) => name === "auth");
  if (way && "auth" in config) return valueWords(way, config.auth);
  const secret = specs.find((spec) => isSecret(type, spec))?.label ?? "";
  // What it is to be typed in as is of no interest any more.
  return secret.replace(/ \(.*\)$/, "");
}

/** Whether a bucket of the organization is the one that a connection writes to. */
export function isClaimed(config: Pick<S3Config, "endpoint" | "bucket" | "region">, claimed: Bucket): boolean {
  const { endpoint, bucket } = bucketAddress(config);
  return claimed.endpoint === endpoint && claimed.bucket === bucket;
}
