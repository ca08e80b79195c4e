import type { DestinationType } from "@/lib/destinations/catalog";
import { addressOf } from "@/lib/destinations/connection";
import type { S3Config } from "@/lib/destinations/s3/schema";
import type { ConnectionConfig } from "@/lib/schemas/connection";
import { bucketAddress } from "@/lib/services/buckets/address";

/** Where a connection leads, in one spelling: what a run pins, and what keys are reserved by. Credentials are no part of it. */
export function canonicalAddress({ type, config }: { type: DestinationType; config: ConnectionConfig }): string {
  if (type === "s3") {
    const { endpoint, bucket } = bucketAddress(config as S3Config);
    return `${endpoint}/${bucket}`;
  }
  const { accessUrl, apiEndpoint } = config as { accessUrl?: string | null; apiEndpoint?: string | null };
  return `${accessUrl ?? apiEndpoint ?? ""}${addressOf({ type, config }).toLowerCase()}`;
}
