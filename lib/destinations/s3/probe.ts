import { randomUUID } from "node:crypto";
import { DeleteObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import type { Capabilities } from "../types";
import { refusedHeader } from "./checksums";
import { type S3Connection, s3Client } from "./client";
import { s3Failure } from "./errors";

/** The object that a verification writes, and what became of it. */
export class Probe {
  readonly id = randomUUID();
  readonly text = `penstock ${this.id}\n`;
  client: S3Client;
  /** Whether the storage takes CRC32 headers with uploads; null while no write has shown it. */
  checksums: boolean | null = null;
  readonly object: { Bucket: string; Key: string };
  /** Whether the object lies in the bucket. */
  written = false;
  #listed: Promise<unknown> | null = null;

  constructor(readonly connection: S3Connection) {
    const { bucket, prefix } = connection.config;
    this.client = this.#connect({ checksums: true });
    this.object = { Bucket: bucket, Key: `${prefix}.penstock/probe-${this.id}` };
  }

  #connect(capabilities: Capabilities): S3Client {
    return s3Client({ ...this.connection, capabilities }, "verify");
  }

  /**
   * Does a write as exports do, with CRC32 headers. Where the storage refuses it and takes the same write without them, all that
   * follows goes without.
   */
  async write<T>(work: () => Promise<T>): Promise<T> {
    try {
      const done = await work();
      this.checksums ??= true;
      return done;
    } catch (error) {
      if (this.checksums === false || !mayBeTheHeaders(error)) throw error;
    }
    const { client, checksums } = this;
    this.client = this.#connect({ checksums: false });
    this.checksums = false;
    try {
      const done = await work();
      client.destroy();
      return done;
    } catch (error) {
      this.client.destroy();
      Object.assign(this, { client, checksums });
      throw error;
    }
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

/** A server that does not know a header may also leave it out of the signature that it computes. */
const mayBeTheHeaders = (error: unknown) =>
  refusedHeader(error) !== null || (error as Error).name === "SignatureDoesNotMatch";
