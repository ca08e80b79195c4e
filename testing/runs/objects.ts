import { CopyObjectCommand, DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { TestBucket } from "./bucket";

/** An object as it was, to put it back. */
export interface Kept {
  key: string;
  bytes: Buffer;
  metadata: Record<string, string>;
}

export async function keep(bucket: TestBucket, key: string): Promise<Kept> {
  const { Body, Metadata = {} } = await bucket.client.send(new GetObjectCommand({ Bucket: bucket.name, Key: key }));
  return { key, bytes: Buffer.from((await Body?.transformToByteArray()) ?? []), metadata: Metadata };
}

/** Stores bytes under a key, with metadata if given. */
export async function put(bucket: TestBucket, key: string, bytes: Uint8Array, metadata = {}): Promise<void> {
  const object = { Bucket: bucket.name, Key: key, Body: bytes, Metadata: metadata, ContentLength: bytes.byteLength };
  await bucket.client.send(new PutObjectCommand(object));
}

export const putBack = (bucket: TestBucket, { key, bytes, metadata }: Kept): Promise<void> =>
  put(bucket, key, bytes, metadata);

export async function remove(bucket: TestBucket, key: string): Promise<void> {
  await bucket.client.send(new DeleteObjectCommand({ Bucket: bucket.name, Key: key }));
}

/** Copies an object with its metadata. */
export async function copy(bucket: TestBucket, from: string, to: string): Promise<void> {
  const source = `${bucket.name}/${encodeURIComponent(from)}`;
  await bucket.client.send(new CopyObjectCommand({ Bucket: bucket.name, Key: to, CopySource: source }));
}

/** As many bytes, one of them different. */
export function flipped(bytes: Buffer): Buffer {
  const other = Buffer.from(bytes);
  const at = other.length >> 1;
  other[at] = (other[at] ?? 0) ^ 1;
  return other;
}
