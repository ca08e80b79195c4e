import type { ConfigOf } from "./connection";
import type { BucketAddress } from "./declaration";
import type { DestinationType } from "./outlines";
import { bucketAddress } from "./s3/bucket-address";

const addresses: { readonly [T in DestinationType]?: (config: ConfigOf<T>) => BucketAddress } = { s3: bucketAddress };

/**
 * The bucket that an organization claims by verifying a connection; null if its exports write no files. Apart from
 * outlines, because comparing addresses takes a parser of them.
 */
export const bucketOf = <T extends DestinationType>({
  type,
  config,
}: {
  type: T;
  config: ConfigOf<T>;
}): BucketAddress | null => addresses[type]?.(config) ?? null;
