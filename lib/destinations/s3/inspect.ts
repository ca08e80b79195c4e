import {
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectsV2Command,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { Held } from "../stored-objects";
import type { Owner } from "../upload-types";
import { statusOf } from "./answered";

/** Metadata keys of every object from Penstock. */
export const MARKS = { request: "penstock-request-id", export: "penstock-export-id", mark: "penstock-mark" } as const;

export interface Inspected extends Held {
  /** The object's metadata; null if the credentials may not read it. */
  metadata: Record<string, string> | null;
  encrypted: Pick<HeadObjectCommandOutput, "ServerSideEncryption" | "SSEKMSKeyId" | "BucketKeyEnabled">;
}

export const plainEtag = (etag: string | undefined): string => (etag ?? "").replaceAll('"', "");

export const isForbidden = (error: unknown): boolean => statusOf(error) === 403;

/**
 * Looks up one object by HEAD or, if that is forbidden, by a listing, which shows no metadata. Null if there is none;
 * `forbidden` if neither is allowed. Throws SDK errors.
 */
export async function inspect(client: S3Client, Bucket: string, Key: string): Promise<Inspected | null | "forbidden"> {
  try {
    const { ETag, ContentLength, Metadata = {}, ...rest } = await client.send(new HeadObjectCommand({ Bucket, Key }));
    const { ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled } = rest;
    const encrypted = { ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled };
    return { etag: plainEtag(ETag), bytes: ContentLength ?? 0, metadata: Metadata, encrypted };
  } catch (error) {
    if (statusOf(error) === 404) return null;
    if (!isForbidden(error)) throw error;
    return listOne(client, Bucket, Key);
  }
}

async function listOne(client: S3Client, Bucket: string, Key: string): Promise<Inspected | null | "forbidden"> {
  try {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: Key, MaxKeys: 1 }));
    const [first] = Contents;
    if (first?.Key !== Key) return null;
    return { etag: plainEtag(first.ETag), bytes: first.Size ?? 0, metadata: null, encrypted: {} };
  } catch (error) {
    if (isForbidden(error)) return "forbidden";
    throw error;
  }
}

/**
 * Whether an object's metadata names a run of the owner's window. Objects of earlier versions name only their request.
 */
export function isOwned(
  metadata: Record<string, string>,
  { exportId, requestIds, isForgetful = false }: Owner,
): boolean {
  const by = metadata[MARKS.export];
  if (isForgetful && by === exportId) return true;
  return requestIds.has(metadata[MARKS.request] ?? "") && (by === undefined || by === exportId);
}
