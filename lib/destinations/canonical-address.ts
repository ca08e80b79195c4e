import { bucketAddress } from "@/lib/destinations/s3/bucket-address";
import type { S3Config } from "@/lib/destinations/s3/schema";
import type { DestinationType } from "./catalog";
import { addressOf, type ConnectionConfig } from "./connection";

/** Where a connection leads, in one spelling: what a run pins, and what keys are reserved by. Credentials are no part of it. */
export function canonicalAddress({ type, config }: { type: DestinationType; config: ConnectionConfig }): string {
  if (type === "s3") {
    const { endpoint, bucket } = bucketAddress(config as S3Config);
    return `${endpoint}/${bucket}`;
  }
  const { accessUrl, apiEndpoint } = config as { accessUrl?: string | null; apiEndpoint?: string | null };
  return `${accessUrl ?? apiEndpoint ?? ""}${addressOf({ type, config }).toLowerCase()}`;
}
