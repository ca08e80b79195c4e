import { createHash } from "node:crypto";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Digest } from "../stored-objects";

/** Reads an object in constant memory. Throws SDK errors, and those of a connection that breaks midway. */
export async function digest(client: S3Client, Bucket: string, Key: string, signal: AbortSignal): Promise<Digest> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }), { abortSignal: signal });
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of (Body ?? []) as AsyncIterable<Uint8Array>) {
    signal.throwIfAborted();
    hash.update(chunk);
    bytes += chunk.byteLength;
  }
  return { sha256: hash.digest("hex"), bytes };
}
