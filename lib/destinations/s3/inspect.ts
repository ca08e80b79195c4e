import { HeadObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import type { Held, Owner } from "../types";
import { statusOf } from "./answered";

/** The metadata that every object of ours carries. */
export const MARKS = { request: "penstock-request-id", export: "penstock-export-id", mark: "penstock-mark" } as const;

export interface Inspected extends Held {
  /** The object's metadata; null where the credentials may not read it. */
  metadata: Record<string, string> | null;
  encrypted: { ServerSideEncryption?: string; SSEKMSKeyId?: string; BucketKeyEnabled?: boolean };
}

export const plainEtag = (etag: string | undefined): string => (etag ?? "").replaceAll('"', "");

export const isForbidden = (error: unknown): boolean => statusOf(error) === 403;

/**
 * Looks at one object: by HEAD, or where that is forbidden by a listing, which shows no metadata. Null when there is none;
 * `forbidden` when neither is allowed. Throws what the SDK throws.
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

/** Whether an object says that a run of the owner's window wrote it. Objects of earlier versions name their request only. */
export function isOwned(metadata: Record<string, string>, { exportId, requestIds }: Owner): boolean {
  const by = metadata[MARKS.export];
  return requestIds.has(metadata[MARKS.request] ?? "") && (by === undefined || by === exportId);
}
