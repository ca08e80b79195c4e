import type { S3Destination } from "@/lib/destinations/s3/settings";

export const encryptionWords: Record<S3Destination["encryption"], string> = {
  none: "The bucket’s default",
  AES256: "SSE-S3 (AES256)",
  "aws:kms": "SSE-KMS (aws:kms)",
};

/** `zstd, level 9`, or what stands for no compression. */
export const compressionWords = ({ compression, compressionLevel }: S3Destination): string => {
  if (compression === "none") return "None";
  return compressionLevel === null ? compression : `${compression}, level ${compressionLevel}`;
};
