import { createHash, randomUUID } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { PutObjectCommand, type PutObjectCommandInput, type S3Client } from "@aws-sdk/client-s3";
import pMap from "p-map";
import { ExportError } from "../../errors";
import { sha256Of } from "../../receipts/hash";
import { MIB } from "../../units";
import type { Commit, Committed, Manifest, ObjectStore, OpenDestination, RunTag } from "../types";
import type { PutFile, Stored, StoredAs } from "../upload-types";
import { checksumAlgorithm, sendsChecksums } from "./checksums";
import { type S3Connection, SMALL_REQUESTS, s3Client } from "./client";
import type { Condition } from "./conditions";
import { encryptionOf } from "./encryption";
import { s3Failure, type Where } from "./errors";
import { inspect, MARKS } from "./inspect";
import { openObjects } from "./objects";
import { partWriter } from "./parts";
import type { S3Destination } from "./settings";
import { share } from "./share";
import { store, type Writing } from "./store";
import { lostUpload, S3Upload, storedOf } from "./upload";

/**
 * Bytes of one part, and the number of part buffers of an upload: together, its whole memory. 5 MiB is S3's minimum,
 * and its 10,000 parts reach 48 GiB, far beyond the largest `maxFileSizeMb`.
 */
const PART_SIZE = 5 * MIB;
const BUFFERS = 3;

const anyTry = (): StoredAs => ({ mark: randomUUID(), replaces: null, known: false, fence: async () => {} });

class OpenS3 implements OpenDestination {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #metadata: Record<string, string>;
  readonly objects: ObjectStore;
  readonly tables = null;

  constructor(
    private readonly connection: S3Connection,
    private readonly settings: S3Destination,
    run: RunTag,
  ) {
    this.#client = s3Client(connection, run.requestId);
    this.#bucket = connection.config.bucket;
    this.#metadata = { [MARKS.request]: run.requestId, [MARKS.export]: run.exportId };
    this.objects = {
      ...openObjects(this.#client, this.#bucket, (permission) => this.#where(permission)),
      parts: { bytes: PART_SIZE, checksums: sendsChecksums(this.connection) },
      keep: (object) => this.#keep(object),
      share: (key, change) => this.#share(key, change),
    };
  }

  /** A bucket needs no preparation, and an abandoned upload can't be distinguished from an active one. */
  async prepare(): Promise<void> {}

  async putFile(file: PutFile, signal: AbortSignal): Promise<Stored> {
    const { key, body, size = PART_SIZE, contentType, onCopied, as = anyTry() } = file;
    const { replaces, known } = as;
    const mark = file.resume?.left?.mark ?? as.mark;
    const params = { ...this.#params(key, mark), ContentType: contentType };
    const resume = file.resume && { ...file.resume, partBytes: PART_SIZE };
    const upload = new S3Upload(this.#client, params, signal, (error) => writer.stream.destroy(error), resume);
    let isSent = false;
    const writer = partWriter(Math.min(size, PART_SIZE), BUFFERS, (part) => upload.add(part), onCopied);
    try {
      await pipeline(body, writer.stream, { signal });
      await upload.arrived();
      await as.fence();
      isSent = true;
      const writing = { key, mark, replaces, expected: null, blind: known };
      const send = (condition: Condition | null) => upload.finish(condition);
      const of = { ...writing, etag: () => upload.etag(), send, abandon: () => upload.abandon() };
      const stored = await store(this.#client, this.#bucket, of);
      await upload.requireOwn(stored);
      writer.free();
      return stored;
    } catch (error) {
      if (!resume) await upload.abandon();
      else await upload.settle();
      const lost = resume && lostUpload(error, isSent, upload.isContinued);
      throw lost ?? s3Failure(error, this.#where("s3:PutObject"));
    }
  }

  /** The manifest marks the window as complete, then markers do so for its folders. */
  async commit({ manifest }: Commit): Promise<Committed> {
    if (!manifest) return { tables: [], manifest: null };
    try {
      const { etag } = await this.#putManifest(manifest);
      await pMap(manifest.markers, (marker) => this.#putMarker(marker, manifest), { concurrency: SMALL_REQUESTS });
      return { tables: [], manifest: { etag, bytes: Buffer.byteLength(manifest.text) } };
    } catch (error) {
      throw s3Failure(error, this.#where("s3:PutObject"));
    }
  }

  /** An ended run's files stay for the next run to replace. */
  async abort(): Promise<void> {}

  async #keep({ key, text }: { key: string; text: string }): Promise<void> {
    const mark = sha256Of(text);
    const params = { ...this.#params(key, mark), ContentType: "application/json", Body: text };
    try {
      await this.#put(params, { key, mark, replaces: null, expected: null, blind: false });
    } catch (error) {
      // The key is this object's alone, so an object that can't be looked at is this one.
      const isTaken = error instanceof ExportError && error.failure.code === "key_taken";
      if (isTaken && (await inspect(this.#client, this.#bucket, key)) === "forbidden") return;
      throw s3Failure(error, this.#where("s3:PutObject"));
    }
  }

  async #share(key: string, change: (stored: string | null) => string | null): Promise<void> {
    const send = (Body: string, condition: Condition | null) => {
      const params = { ...this.#params(key, sha256Of(Body)), ContentType: "application/json", Body };
      return this.#client.send(
        new PutObjectCommand({ ...params, ContentLength: Buffer.byteLength(Body), ...condition }),
      );
    };
    try {
      await share(this.#client, { Bucket: this.#bucket, Key: key }, change, send);
    } catch (error) {
      throw s3Failure(error, this.#where("s3:GetObject"));
    }
  }

  #putManifest({ key, text, replaces, owner, known, confirm }: Manifest): Promise<Stored> {
    const mark = sha256Of(text);
    const params = { ...this.#params(key, mark), ContentType: "application/json", Body: text };
    return this.#put(params, { key, mark, replaces: owner, expected: replaces, blind: known, confirm });
  }

  /** Markers are empty, so an existing one is as good as this one. */
  async #putMarker(key: string, { owner }: Manifest): Promise<void> {
    const params = { ...this.#params(key, "marker"), Body: "" };
    await this.#put(params, { key, mark: "marker", replaces: owner, expected: null, blind: true });
  }

  #put(
    params: PutObjectCommandInput & { Body: string },
    writing: Omit<Writing, "send" | "etag" | "abandon">,
  ): Promise<Stored> {
    const etag = async () => createHash("md5").update(params.Body).digest("hex");
    // The SDK can't tell the length of an empty body, and warns of a stream.
    const ContentLength = Buffer.byteLength(params.Body);
    const send = async (condition: Condition | null) =>
      storedOf(await this.#client.send(new PutObjectCommand({ ...params, ContentLength, ...condition })));
    return store(this.#client, this.#bucket, { ...writing, etag, send, abandon: async () => {} });
  }

  #params(Key: string, mark: string) {
    const Metadata = { ...this.#metadata, [MARKS.mark]: mark };
    const checksum = checksumAlgorithm(sendsChecksums(this.connection));
    return { Bucket: this.#bucket, Key, Metadata, ...checksum, ...encryptionOf(this.settings) };
  }

  async close(): Promise<void> {
    this.#client.destroy();
  }

  #where(permission: string): Where {
    const { bucket, prefix, region, endpoint, expectedBucketOwner = null } = this.connection.config;
    const checksums = sendsChecksums(this.connection);
    const { kmsKeyId } = this.settings;
    return { permission, bucket, prefix, region, endpoint, kmsKeyId, expectedBucketOwner, checksums };
  }
}

/** Opens a bucket for one run. */
export const openS3 = (connection: S3Connection, settings: S3Destination, run: RunTag): OpenDestination =>
  new OpenS3(connection, settings, run);
