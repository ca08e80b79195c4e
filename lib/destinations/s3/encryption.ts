import type { StoredEncryption } from "@/lib/fields/receipt";
import type { S3Destination } from "./settings";

/** Encryption parameters of an export's objects. */
export const encryptionOf = ({
  encryption,
  kmsKeyId,
  bucketKeyEnabled,
}: Pick<S3Destination, "encryption" | "kmsKeyId"> & Partial<Pick<S3Destination, "bucketKeyEnabled">>) =>
  encryption === "none"
    ? {}
    : {
        ServerSideEncryption: encryption,
        ...(kmsKeyId === null ? {} : { SSEKMSKeyId: kmsKeyId }),
        ...(bucketKeyEnabled ? { BucketKeyEnabled: true } : {}),
      };

interface Answer {
  ServerSideEncryption?: string | undefined;
  SSEKMSKeyId?: string | undefined;
  BucketKeyEnabled?: boolean | undefined;
}

/** An object's encryption as the storage reports it; null if it reports none. */
export const storedEncryption = ({
  ServerSideEncryption,
  SSEKMSKeyId,
  BucketKeyEnabled,
}: Answer): StoredEncryption | null =>
  ServerSideEncryption
    ? { algorithm: ServerSideEncryption, kmsKeyId: SSEKMSKeyId ?? null, bucketKeyEnabled: BucketKeyEnabled ?? false }
    : null;
