import type { DestinationType } from "@/lib/destinations/catalog";
import type { S3Config } from "@/lib/destinations/s3/schema";
import type { ConnectionConfig } from "@/lib/schemas/connection";
import { bucketAddress } from "@/lib/services/buckets/address";

/** What a bucket's address says, as text of `addressText`. */
export const bucketOf = (address: string) => JSON.parse(address) as ReturnType<typeof bucketAddress>;

/** What a connection's place is told from others by, as one text: reserved keys and locks are filed under it. */
export const addressText = (type: DestinationType, config: ConnectionConfig): string =>
  JSON.stringify(type === "s3" ? bucketAddress(config as S3Config) : config);
