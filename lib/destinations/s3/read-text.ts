import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { StoredText } from "../stored-objects";
import { statusOf } from "./answered";
import { isForbidden, plainEtag } from "./inspect";

/**
 * Reads an object of at most `most` bytes as text. Null if there is none; `forbidden` if the credentials may not read
 * it. Throws SDK errors, and an `Error` if it is larger.
 */
export async function readText(
  client: S3Client,
  at: { Bucket: string; Key: string },
  most: number,
): Promise<StoredText | "forbidden" | null> {
  try {
    const { Body, ContentLength = 0, ETag } = await client.send(new GetObjectCommand(at));
    if (ContentLength > most) throw new Error(`${at.Key} has ${ContentLength} bytes.`);
    return { text: (await Body?.transformToString()) ?? "", etag: plainEtag(ETag) };
  } catch (error) {
    if (statusOf(error) === 404) return null;
    if (isForbidden(error)) return "forbidden";
    throw error;
  }
}
