import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { type S3Connection, s3Client } from "./client";
import { encryptionOf } from "./encryption";
import type { S3Destination } from "./settings";

/** An object that says whose a bucket is, so that the bucket is recognized under every name that leads to it. */
export interface Marker {
  key: string;
  text: string;
}

/** The marker of a claim, below the prefix of the connection that claims. */
export const markerOf = (claimId: string, prefix: string): Marker => ({
  key: `${prefix}.penstock/claim-${claimId}`,
  text: `This bucket belongs to an organization of Penstock. Claim ${claimId}.\n`,
});

export type MarkerStore = ReturnType<typeof openMarkers>;

/** Markers in the bucket that a connection leads to. What its credentials may not do is not done, and answered as false. */
export function openMarkers(connection: S3Connection, encryption: Pick<S3Destination, "encryption" | "kmsKeyId">) {
  const client = s3Client(connection, "verify");
  const { bucket: Bucket } = connection.config;
  const succeeds = (work: Promise<unknown>) =>
    work.then(
      () => true,
      () => false,
    );
  return {
    put: ({ key: Key, text }: Marker): Promise<boolean> =>
      succeeds(client.send(new PutObjectCommand({ Bucket, Key, Body: text, ...encryptionOf(encryption) }))),
    remove: ({ key: Key }: Marker): Promise<boolean> => succeeds(client.send(new DeleteObjectCommand({ Bucket, Key }))),
    /** Whether the very marker is there. Reads no more than a marker's length: the other side may answer anything. */
    async sees({ key: Key, text }: Marker): Promise<boolean> {
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
