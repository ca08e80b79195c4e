import { HeadObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import pMap from "p-map";
import type { Held, Looked } from "../stored-objects";
import { statusOf } from "./answered";
import { SMALL_REQUESTS } from "./client";
import { isForbidden, plainEtag } from "./inspect";

/** Keys per page of a listing: S3's maximum. */
const PAGE = 1000;

/** What the bucket holds under these keys: by a listing, otherwise by a HEAD of each. Throws SDK errors. */
export async function look(client: S3Client, Bucket: string, keys: readonly string[]): Promise<Looked> {
  try {
    return { how: "listing", found: await list(client, Bucket, keys) };
  } catch (error) {
    if (!isForbidden(error)) throw error;
  }
  try {
    return { how: "head", found: await heads(client, Bucket, keys) };
  } catch (error) {
    if (!isForbidden(error)) throw error;
    return { how: "no", found: new Map() };
  }
}

export function commonPrefix(keys: readonly string[]): string {
  const sorted = [...keys].sort();
  const [first = "", last = ""] = [sorted[0], sorted.at(-1)];
  let length = 0;
  while (length < first.length && first[length] === last[length]) length += 1;
  // Never ends within a surrogate pair: half of one is not text.
  return /[\ud800-\udbff]$/.test(first.slice(0, length)) ? first.slice(0, length - 1) : first.slice(0, length);
}

/**
 * Lists the keys' common prefix, for up to twice the pages that the keys alone would fill. If other objects are in
 * between, looks up the remaining keys one by one.
 */
async function list(client: S3Client, Bucket: string, keys: readonly string[]): Promise<Map<string, Held>> {
  const left = new Set(keys);
  const found = new Map<string, Held>();
  const Prefix = commonPrefix(keys);
  const pages = 2 * Math.ceil(keys.length / PAGE);
  let ContinuationToken: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const answer = await client.send(new ListObjectsV2Command({ Bucket, Prefix, MaxKeys: PAGE, ContinuationToken }));
    for (const { Key = "", ETag, Size = 0 } of answer.Contents ?? [])
      if (left.delete(Key)) found.set(Key, { etag: plainEtag(ETag), bytes: Size });
    ContinuationToken = answer.NextContinuationToken;
    if (!ContinuationToken) return found;
  }
  await pMap(
    [...left],
    async (key) => {
      const { Contents: [first] = [] } = await client.send(
        new ListObjectsV2Command({ Bucket, Prefix: key, MaxKeys: 1 }),
      );
      if (first?.Key === key) found.set(key, { etag: plainEtag(first.ETag), bytes: first.Size ?? 0 });
    },
    { concurrency: SMALL_REQUESTS },
  );
  return found;
}

async function heads(client: S3Client, Bucket: string, keys: readonly string[]): Promise<Map<string, Held>> {
  const found = new Map<string, Held>();
  await pMap(
    keys,
    async (Key) => {
      try {
        const { ETag, ContentLength } = await client.send(new HeadObjectCommand({ Bucket, Key }));
        found.set(Key, { etag: plainEtag(ETag), bytes: ContentLength ?? 0 });
      } catch (error) {
        if (statusOf(error) !== 404) throw error;
      }
    },
    { concurrency: SMALL_REQUESTS },
  );
  return found;
}
