import { randomUUID } from "node:crypto";
import { DeleteObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { type S3Connection, s3Client } from "./client";
import { s3Failure } from "./errors";

/** The object that a verification writes, and what became of it. */
export class Probe {
  readonly id = randomUUID();
  readonly text = `penstock ${this.id}\n`;
  readonly client: S3Client;
  readonly object: { Bucket: string; Key: string };
  /** Whether the object lies in the bucket. */
  written = false;
  #listed: Promise<unknown> | null = null;

  constructor(readonly connection: S3Connection) {
    const { bucket, prefix } = connection.config;
    this.client = s3Client(connection, "verify");
    this.object = { Bucket: bucket, Key: `${prefix}.penstock/probe-${this.id}` };
  }

  /**
   * Lists the bucket, once; three steps read its answer. Unlike the shorter HeadBucket it is answered with words when it is
   * refused, so that it tells a wrong key from a missing permission.
   */
  list(): Promise<unknown> {
    const { bucket, prefix } = this.connection.config;
    const command = new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1, ...(prefix && { Prefix: prefix }) });
    this.#listed ??= this.client.send(command);
    return this.#listed;
  }

  /** Why listing failed, by its code; null when it did not. */
  async listFailure() {
    try {
      await this.list();
      return null;
    } catch (error) {
      return s3Failure(error, { permission: "s3:ListBucket", ...this.connection.config });
    }
  }

  async remove(): Promise<void> {
    await this.client.send(new DeleteObjectCommand(this.object));
    this.written = false;
  }

  /** Puts away what a step that failed has left. */
  async close(): Promise<void> {
    if (this.written) await this.remove().catch(() => {});
    this.client.destroy();
  }
}
