import { pipeline } from "node:stream/promises";
import { DeleteObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { partWriter } from "../../pump/parts";
import type { Commit, Committed, OpenDestination, PutFile, RunTag, Stored } from "../types";
import { type S3Connection, s3Client } from "./client";
import { encryptionOf } from "./encryption";
import { s3Failure, type Where } from "./errors";
import type { S3Destination } from "./settings";
import { S3Upload } from "./upload";

/**
 * Bytes of one part and how many buffers of that size an upload has: together its whole memory. 5 MiB is the least that S3
 * takes, and its 10,000 parts reach to 48 GiB, far past the largest `maxFileSizeMb`.
 */
const PART_SIZE = 5 * 1024 * 1024;
const BUFFERS = 3;

/** Small requests that are on their way at once. */
const LANES = 8;

async function inLanes(keys: readonly string[], work: (key: string) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let key = keys[next++]; key !== undefined; key = keys[next++]) await work(key);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

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

  /** A bucket needs nothing made, and an upload that broke off can't be told from one that goes on. */
  async prepare(): Promise<void> {}

  async putFile({ key, body, contentType, onCopied }: PutFile, signal: AbortSignal): Promise<Stored> {
    const params = { ...this.#common, Key: key, ContentType: contentType };
    const upload = new S3Upload(this.#client, params, signal, (error) => writer.stream.destroy(error));
    const writer = partWriter(PART_SIZE, BUFFERS, (part) => upload.add(part), onCopied);
    try {
      await pipeline(body, writer.stream, { signal });
      const stored = await upload.finish();
      writer.free();
      return stored;
    } catch (error) {
      await upload.abandon();
      throw s3Failure(error, this.#where("s3:PutObject"));
    }
  }

  /** What a window no longer has goes first, then the manifest says that it is complete, then the marks. */
  async commit({ stale, manifest }: Commit): Promise<Committed> {
    const kept = await this.#remove(stale);
    if (manifest) {
      await this.#put(manifest.key, { Body: manifest.text, ContentType: "application/json" });
      await inLanes(manifest.markers, (marker) => this.#put(marker, { Body: "" }));
    }
    return { kept, tables: [] };
  }

  /** The files of a run that ended stay for the next one to replace. */
  async abort(): Promise<void> {}

  async #put(Key: string, body: { Body: string; ContentType?: string }): Promise<void> {
    try {
      await this.#client.send(new PutObjectCommand({ ...this.#common, Key, ...body }));
    } catch (error) {
      throw s3Failure(error, this.#where("s3:PutObject"));
    }
  }

  async #remove(keys: string[]): Promise<string[]> {
    const kept: string[] = [];
    await inLanes(keys, async (key) => {
      try {
        await this.#client.send(new DeleteObjectCommand({ Bucket: this.#common.Bucket, Key: key }));
      } catch (error) {
        const { failure } = s3Failure(error, this.#where("s3:DeleteObject"));
        if (failure.code !== "missing_permission") throw s3Failure(error, this.#where("s3:DeleteObject"));
        kept.push(key);
      }
    });
    return kept;
  }

  async close(): Promise<void> {
    this.#client.destroy();
  }

  #where(permission: string): Where {
    const { bucket, prefix, region, endpoint } = this.connection.config;
    return { permission, bucket, prefix, region, endpoint, kmsKeyId: this.settings.kmsKeyId };
  }
}

/** Opens a bucket for one run. */
export const openS3 = (connection: S3Connection, settings: S3Destination, run: RunTag): OpenDestination =>
  new OpenS3(connection, settings, run);
