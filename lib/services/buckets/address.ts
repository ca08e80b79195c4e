import type { S3Config } from "@/lib/destinations/s3/schema";

const AMAZON = /(^|\.)amazonaws\.com(\.cn)?$/;

/** What a bucket is told from others by: its storage's origin in one spelling, and its name. Amazon is one storage for each partition. */
export function bucketAddress({ endpoint, bucket, region }: Pick<S3Config, "endpoint" | "bucket" | "region">) {
  if (endpoint === null) return { endpoint: amazon(region), bucket };
  const url = new URL(endpoint);
  url.hostname = url.hostname.replace(/\.$/, "");
  return { endpoint: AMAZON.test(url.hostname) ? amazon(region) : url.origin, bucket };
}

function amazon(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
