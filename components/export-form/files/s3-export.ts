import type { S3Destination } from "@/lib/destinations/s3/settings";
import type { CreateExport } from "@/lib/schemas/export";

/** An export to a bucket, as the fields that only such have see it. */
export type S3Export = Omit<CreateExport, "destination"> & { destination: S3Destination };

/** An export with other settings of its files; one that isn't to a bucket stays as it is. */
export function withFiles(value: CreateExport, changes: Partial<S3Destination>): CreateExport {
  const { destination } = value;
  return destination.type === "s3" ? { ...value, destination: { ...destination, ...changes } } : value;
}
