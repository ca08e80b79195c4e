import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { MarkerStore } from "../files/marker";
import { type S3Connection, s3Client } from "./client";
import { encryptionOf } from "./encryption";
import type { S3Destination } from "./settings";

const NOT_ENCRYPTED = { encryption: "none", kmsKeyId: null } as const;

/** Markers in a connection's bucket, encrypted as an export requests: a bucket policy may require it. */
export function openMarkers(connection: S3Connection, settings: S3Destination | null): MarkerStore {
  const client = s3Client(connection, "verify");
  const { bucket: Bucket } = connection.config;
  const succeeds = (work: Promise<unknown>) =>
    work.then(
      () => true,
      () => false,
    );
  return {
    put: ({ key: Key, text }) =>
      succeeds(
        client.send(new PutObjectCommand({ Bucket, Key, Body: text, ...encryptionOf(settings ?? NOT_ENCRYPTED) })),
      ),
    remove: ({ key: Key }) => succeeds(client.send(new DeleteObjectCommand({ Bucket, Key }))),
    // Reads no more than a marker's length: the other side may answer anything.
    async sees({ key: Key, text }) {
      try {
        const Range = `bytes=0-${text.length - 1}`;
        const { Body, ContentLength } = await client.send(new GetObjectCommand({ Bucket, Key, Range }));
        if (Body === undefined) return false;
        if (ContentLength === text.length) return (await Body.transformToString()) === text;
        (Body as { destroy?(): void }).destroy?.();
        return false;
      } catch {
        return false;
      }
    },
    close: () => client.destroy(),
  };
}
