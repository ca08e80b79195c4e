import type { S3Destination } from "@/lib/destinations/s3/settings";

export const encryptionWords: Record<S3Destination["encryption"], string> = {
  none: "The bucket’s default",
  AES256: "SSE-S3 (AES256)",
  "aws:kms": "SSE-KMS (aws:kms)",
  "aws:kms:dsse": "DSSE-KMS, two layers (aws:kms:dsse)",
};
