import type { DestinationType } from "@/lib/destinations/catalog";
import type { S3Config } from "@/lib/destinations/s3/schema";
import type { ConnectionConfig } from "@/lib/schemas/connection";
import { bucketAddress } from "@/lib/services/buckets/address";

/** What a connection's place is told from others by. */
export const addressOf = (type: DestinationType, config: ConnectionConfig): object =>
  type === "s3" ? bucketAddress(config as S3Config) : config;
