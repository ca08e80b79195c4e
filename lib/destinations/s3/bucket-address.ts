import { parseAddress } from "@/lib/ip/address";
import type { BucketAddress } from "../declaration";
import { isAmazon } from "./amazon";
import type { S3Config } from "./schema";

/** Identifies a bucket: its storage's origin in one spelling, and its name. Amazon is one storage per partition. */
export function bucketAddress({
  endpoint,
  bucket,
  region,
}: Pick<S3Config, "endpoint" | "bucket" | "region">): BucketAddress {
  if (endpoint === null || isAmazon(endpoint)) return { endpoint: amazon(region), bucket };
  const url = new URL(endpoint);
  url.hostname = oneSpelling(url.hostname.replace(/\.$/, ""));
  return { endpoint: url.origin, bucket };
}

/**
 * A host in one spelling: all loopback names are one, and an IPv4-mapped IPv6 address is its IPv4 address. Names are
 * not resolved: their addresses may change.
 */
function oneSpelling(host: string): string {
  if (host === "localhost" || host.endsWith(".localhost")) return LOOPBACK;
  const address = parseAddress(host);
  if (address === null) return host;
  if (address.range() === "loopback") return LOOPBACK;
  return address.kind() === "ipv4" ? address.toString() : host;
}

const LOOPBACK = "127.0.0.1";

function amazon(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
