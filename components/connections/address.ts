import type { Bucket, S3Config } from "@/lib/schemas/connection";

/** Where a connection leads, as tools write it. */
export const addressOf = ({ bucket, prefix }: Pick<S3Config, "bucket" | "prefix">) => `s3://${bucket}/${prefix}`;

export const authWords: Record<S3Config["auth"], string> = {
  keys: "Access keys",
  role: "IAM role",
  policy: "Bucket policy",
};

const isAmazon = (host: string) => /(^|\.)amazonaws\.com(\.cn)?$/.test(host);

/** Whether a bucket of the organization is the one that a connection leads to. */
export function leadsTo({ endpoint, bucket }: Pick<S3Config, "endpoint" | "bucket">, claimed: Bucket): boolean {
  if (claimed.bucket !== bucket) return false;
  if (endpoint === null) return claimed.endpoint === "aws";
  const { origin, hostname } = new URL(endpoint);
  return claimed.endpoint === origin || (claimed.endpoint === "aws" && isAmazon(hostname));
}
