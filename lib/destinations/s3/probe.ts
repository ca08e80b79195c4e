import { randomUUID } from "node:crypto";
import { DeleteObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import type { Capabilities } from "../types";
import { refusedHeader } from "./checksums";
import { type S3Connection, s3Client } from "./client";
import { s3Failure } from "./errors";

/** The object that a verification writes, and its state. */
export class Probe {
  readonly id = randomUUID();
  readonly text = `penstock ${this.id}\n`;
  client: S3Client;
  /** Whether the storage takes CRC32 headers on uploads; null until a write has shown it. */
  checksums: boolean | null = null;
  readonly object: { Bucket: string; Key: string };
  /** Whether the object is in the bucket. */
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
   * Writes as exports do, with CRC32 headers. If the storage refuses the write but takes it without them, all later
   * writes go without.
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
   * Lists the bucket once; three steps read the result. Unlike the shorter HeadBucket, a refusal has a body, which
   * distinguishes a wrong key from a missing permission.
   */
  list(): Promise<unknown> {
    const { bucket, prefix } = this.connection.config;
    const command = new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1, ...(prefix && { Prefix: prefix }) });
    this.#listed ??= this.client.send(command);
    return this.#listed;
  }

  /** The listing's failure; null if it succeeded. */
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

  /** Removes what a failed step left. */
  async close(): Promise<void> {
    if (this.written) await this.remove().catch(() => {});
    this.client.destroy();
  }
}

/** A server that doesn't know a header may also omit it from the signature that it computes. */
const mayBeTheHeaders = (error: unknown) =>
  refusedHeader(error) !== null || (error as Error).name === "SignatureDoesNotMatch";
