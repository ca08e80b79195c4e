import { pipeline } from "node:stream/promises";
import { DeleteObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { partWriter } from "../../pump/parts";
import type { S3Destination } from "../../schemas/destination";
import type { OpenDestination, PutFile, RunTag } from "../types";
import { type S3Connection, s3Client } from "./client";
import { encryptionOf } from "./encryption";
import { s3Failure, type Where } from "./errors";
import { S3Upload } from "./upload";

/**
 * Bytes of one part and how many buffers of that size an upload has: together its whole memory. 5 MiB is the least that S3
 * takes, and its 10,000 parts reach to 48 GiB, far past the largest `maxFileSizeMb`.
 */
const PART_SIZE = 5 * 1024 * 1024;
const BUFFERS = 3;

class OpenS3 implements OpenDestination {
  readonly #client: S3Client;
  readonly #common: { Bucket: string; Metadata: Record<string, string> };

  constructor(
    private readonly connection: S3Connection,
    private readonly settings: S3Destination,
    run: RunTag,
  ) {
    this.#client = s3Client(connection, run.requestId);
    this.#common = {
      Bucket: connection.config.bucket,
      Metadata: { "penstock-request-id": run.requestId },
      ...encryptionOf(settings),
    };
  }

  async putFile({ key, body, contentType }: PutFile, signal: AbortSignal): Promise<{ etag: string }> {
    const params = { ...this.#common, Key: key, ContentType: contentType };
    const upload = new S3Upload(this.#client, params, signal, (error) => writer.destroy(error));
    const writer = partWriter(PART_SIZE, BUFFERS, (part) => upload.add(part));
    try {
      await pipeline(body, writer, { signal });
      return await upload.finish();
    } catch (error) {
      await upload.abandon();
      throw s3Failure(error, this.#where("s3:PutObject"));
    }
  }

  async commit({ key, text }: { key: string; text: string }): Promise<void> {
    try {
      const body = { Body: text, ContentType: "application/json" };
      await this.#client.send(new PutObjectCommand({ ...this.#common, Key: key, ...body }));
    } catch (error) {
      throw s3Failure(error, this.#where("s3:PutObject"));
    }
  }

  async remove(keys: string[]): Promise<{ kept: string[] }> {
    const kept: string[] = [];
    for (const key of keys) {
      try {
        await this.#client.send(new DeleteObjectCommand({ Bucket: this.#common.Bucket, Key: key }));
      } catch (error) {
        const { failure } = s3Failure(error, this.#where("s3:DeleteObject"));
        if (failure.code !== "missing_permission") throw s3Failure(error, this.#where("s3:DeleteObject"));
        kept.push(key);
      }
    }
    return { kept };
  }

  close(): void {
    this.#client.destroy();
  }

  #where(permission: string): Where {
    const { bucket, region, endpoint } = this.connection.config;
    return { permission, bucket, region, endpoint, kmsKeyId: this.settings.kmsKeyId };
  }
}

/** Opens a bucket for one run. */
export const openS3 = (connection: S3Connection, settings: S3Destination, run: RunTag): OpenDestination =>
  new OpenS3(connection, settings, run);
