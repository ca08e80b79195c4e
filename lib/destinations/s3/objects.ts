import type { S3Client } from "@aws-sdk/client-s3";
import pMap from "p-map";
import type { Refusal, Removal, Seen } from "../stored-objects";
import type { ObjectStore } from "../types";
import { answeredOf, statusOf } from "./answered";
import { SMALL_REQUESTS } from "./client";
import { digest } from "./digest";
import { s3Failure, type Where } from "./errors";
import { inspect, isForbidden, MARKS } from "./inspect";
import { listPage } from "./list-page";
import { look } from "./look";
import { abortUpload, abortUploads, hasUpload } from "./old-uploads";
import { readText } from "./read-text";
import { removeOwned } from "./remove";

/** Operations of a bucket other than uploads: looks objects up, and removes those that prove to be the owner's. */
export const openObjects = (
  client: S3Client,
  bucket: string,
  where: (permission: string) => Where,
): Omit<ObjectStore, "keep" | "share" | "parts"> => {
  const attempt = async <T>(permission: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw s3Failure(error, where(permission));
    }
  };
  return {
    look: (keys) =>
      keys.length === 0
        ? Promise.resolve({ how: "listing", found: new Map() })
        : attempt("s3:ListBucket", () => look(client, bucket, keys)),
    list: (prefix, after) => attempt("s3:ListBucket", () => listPage(client, bucket, prefix, after)),
    see: async (key) => {
      const seen = await unlessRefused(where("s3:GetObject"), () => see(client, bucket, key));
      return seen === "archived" ? "refused" : seen;
    },
    digest: (key, signal) => unlessRefused(where("s3:GetObject"), () => digest(client, bucket, key, signal)),
    read: async (key, most) => {
      const stored = await unlessRefused(where("s3:GetObject"), () =>
        readText(client, { Bucket: bucket, Key: key }, most),
      );
      return stored === "forbidden" ? "refused" : stored;
    },
    remove: (objects, owner) =>
      attempt("s3:DeleteObject", async () => {
        const removals = new Map<string, Removal>();
        // In order: a manifest is removed before the files that it names.
        const [manifests, files] = [objects.filter(({ first }) => first), objects.filter(({ first }) => !first)];
        for (const group of [manifests, files])
          await pMap(
            group,
            async (stale) => {
              removals.set(stale.key, await removeOwned(client, bucket, stale, owner));
            },
            { concurrency: SMALL_REQUESTS },
          );
        return removals;
      }),
    hasUpload: async (key, id, signal) => {
      try {
        return await hasUpload(client, { Bucket: bucket, Prefix: key }, id, signal);
      } catch (error) {
        const failure = s3Failure(error, where("s3:ListBucketMultipartUploads"));
        if (failure.failure.retryable) throw failure;
        return null;
      }
    },
    abortUpload: async (key, id) => {
      try {
        await abortUpload(client, bucket, key, id);
      } catch (error) {
        if (!isForbidden(error)) throw s3Failure(error, where("s3:AbortMultipartUpload"));
      }
    },
    abortUploads: async (keys) => {
      try {
        return keys.size === 0 ? 0 : await abortUploads(client, bucket, keys);
      } catch (error) {
        if (isForbidden(error)) return 0;
        throw s3Failure(error, where("s3:ListBucketMultipartUploads"));
      }
    },
  };
};

async function see(client: S3Client, bucket: string, key: string): Promise<Seen | "refused" | null> {
  const seen = await inspect(client, bucket, key);
  if (seen === null) return null;
  if (seen === "forbidden") return "refused";
  const { etag, bytes, metadata } = seen;
  const writer = metadata && {
    requestId: metadata[MARKS.request] ?? null,
    exportId: metadata[MARKS.export] ?? null,
    mark: metadata[MARKS.mark] ?? null,
  };
  return { etag, bytes, writer };
}

/** Failures of one object: its permissions, its key, or its storage class. */
const REFUSED = new Set(["missing_permission", "bad_kms_key", "storage_refused"]);

async function unlessRefused<T>(at: Where, work: () => Promise<T>): Promise<T | Refusal | null> {
  try {
    return await work();
  } catch (error) {
    if (statusOf(error) === 404) return null;
    // A 403 too, which says nothing about permissions.
    if (answeredOf(error).name === "InvalidObjectState") return "archived";
    const failure = s3Failure(error, at);
    if (REFUSED.has(failure.failure.code)) return "refused";
    throw failure;
  }
}
