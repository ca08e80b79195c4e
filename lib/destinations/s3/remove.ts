import { DeleteObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Removal, Stale } from "../stored-objects";
import type { Owner } from "../upload-types";
import { conditionFailed, conditionUnknown } from "./conditions";
import { inspect, isForbidden, isOwned } from "./inspect";

/**
 * Removes an object that proves to be the owner's: by its metadata or, if that can't be read, by the size and ETag that
 * the ledger measured. Throws SDK errors.
 */
export async function removeOwned(client: S3Client, Bucket: string, stale: Stale, owner: Owner): Promise<Removal> {
  const { key, measured } = stale;
  const seen = await inspect(client, Bucket, key);
  if (seen === null) return "absent";
  if (seen === "forbidden") return "unproven";
  if (seen.metadata) {
    if (!isOwned(seen.metadata, owner)) return "foreign";
  } else if (measured === null) return "unproven";
  else if (measured.etag !== seen.etag || measured.bytes !== seen.bytes) return "foreign";
  return remove(client, Bucket, key, seen.etag);
}

/** Deletes the inspected object, but not one that has replaced it since, if the storage can check that. */
async function remove(client: S3Client, Bucket: string, Key: string, etag: string): Promise<Removal> {
  const IfMatch = `"${etag}"`;
  try {
    await client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch }));
    return "removed";
  } catch (error) {
    if (conditionFailed(error, { IfMatch })) return "foreign";
    if (!conditionUnknown(error, { IfMatch })) throw error;
  }
  try {
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
    return "removed";
  } catch (error) {
    if (isForbidden(error)) return "forbidden";
    throw error;
  }
}
