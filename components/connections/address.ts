import { wordsOf } from "@/components/destinations/words-by-type";
import type { BucketAddress } from "@/lib/destinations/declaration";
import type { Connection } from "@/lib/schemas/connection";
import type { Bucket } from "@/lib/schemas/policy";

/** The kind of server or warehouse behind a connection. */
export const kindWords = (connection: Connection): string => wordsOf(connection.type).kindWords(connection);

/** How a connection authenticates. */
export const signInWords = (connection: Connection): string => wordsOf(connection.type).signInWords(connection);

/** Whether a claimed bucket is the one that a connection writes to. */
export const isClaimed = ({ endpoint, bucket }: BucketAddress, claimed: Bucket): boolean =>
  claimed.endpoint === endpoint && claimed.bucket === bucket;
