import { createHash } from "node:crypto";
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  type CompleteMultipartUploadCommandOutput,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  PutObjectCommand,
  type PutObjectCommandOutput,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import type { Stored } from "../types";
import type { Condition } from "./conditions";
import { storedEncryption } from "./encryption";
import { plainEtag } from "./inspect";
import type { Part } from "./parts";

/** Parameters of an object, the same for single and multipart uploads. */
export type ObjectParams = Pick<
  CreateMultipartUploadCommandInput,
  | "Bucket"
  | "ContentType"
  | "Metadata"
  | "ServerSideEncryption"
  | "SSEKMSKeyId"
  | "BucketKeyEnabled"
  | "ChecksumAlgorithm"
> & { Key: string };

/**
 * An upload of one object: a single PUT if it has one part, otherwise a multipart upload with concurrent parts. The
 * library's own upload copies every byte twice more; this one sends the parts' buffers as they are and releases them.
 */
export class S3Upload {
  readonly #stop = new AbortController();
  readonly #sends: Promise<void>[] = [];
  readonly #done: CompletedPart[] = [];
  #first: Part | null = null;
  #failed = false;
  #encryption: Stored["encryption"] = null;
  #uploadId: Promise<string | undefined> | null = null;

  constructor(
    private readonly client: S3Client,
    private readonly params: ObjectParams,
    /** Aborts the upload from outside. */
    private readonly signal: AbortSignal,
    /** Called when a part could not be sent, so that the object can't be finished. */
    private readonly onFailure: (error: Error) => void,
  ) {}

  /** Takes the next part; every part but the last has at least S3's minimum size. */
  add(part: Part): void {
    if (!this.#first && !this.#uploadId) {
      this.#first = part;
      return;
    }
    if (this.#first) {
      this.#uploadId = this.#begin();
      this.#send(this.#first);
      this.#first = null;
    }
    this.#send(part);
  }

  /** Waits until every part has arrived: then one request makes the object appear. */
  async arrived(): Promise<void> {
    await Promise.all(this.#sends);
  }

  /** The object's ETag, if the storage derives it from the bytes: their MD5, or that of the parts' ETags. */
  async etag(): Promise<string> {
    if (!this.#uploadId) return md5(this.#single()).toString("hex");
    const sums = this.#done.map(({ ETag }) => Buffer.from(plainEtag(ETag), "hex"));
    return `${md5(Buffer.concat(sums)).toString("hex")}-${sums.length}`;
  }

  /** Stores the object, on a condition unless it is null; until then, nothing of it is visible in the bucket. */
  async finish(condition: Condition | null): Promise<Stored> {
    if (!this.#uploadId) {
      const Body = this.#single();
      const put = new PutObjectCommand({ ...this.params, ...condition, Body, ContentLength: Body.length });
      return storedOf(await this.client.send(put, this.#options()));
    }
    const { Bucket, Key } = this.params;
    const target = { Bucket, Key, UploadId: await this.#uploadId, MultipartUpload: { Parts: this.#done } };
    const complete = new CompleteMultipartUploadCommand({ ...target, ...condition });
    const { etag, encryption } = storedOf(await this.client.send(complete, this.#options()));
    // Some storages report it in full only at the beginning.
    return { etag, encryption: this.#encryption ?? encryption };
  }

  /**
   * Discards the upload's parts, as far as the storage allows. Lets parts in transit arrive first: a storage may keep
   * one that it still receives during the abort. Cancels them only if the storage itself failed.
   */
  async abandon(): Promise<void> {
    if (this.#failed) this.#stop.abort();
    await Promise.allSettled(this.#sends);
    const UploadId = await this.#uploadId?.catch(() => undefined);
    if (!UploadId) return;
    const { Bucket, Key } = this.params;
    await this.client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch(() => {});
  }

  #single(): Buffer {
    return this.#first?.bytes ?? Buffer.alloc(0);
  }

  #options() {
    return { abortSignal: AbortSignal.any([this.signal, this.#stop.signal]) };
  }

  async #begin(): Promise<string | undefined> {
    const command = new CreateMultipartUploadCommand(this.params);
    // Not canceled midway: an upload without a known id could never be aborted.
    const begun = await this.client.send(command);
    this.#encryption = storedEncryption(begun);
    return begun.UploadId;
  }

  #send(part: Part): void {
    const PartNumber = this.#sends.length + 1;
    const send = this.#sendPart(part, PartNumber).finally(() => part.release());
    send.catch((error) => {
      this.#failed = true;
      this.onFailure(error);
    });
    this.#sends.push(send);
  }

  async #sendPart({ bytes }: Part, PartNumber: number): Promise<void> {
    const UploadId = (await this.#uploadId) ?? undefined;
    const { Bucket, Key } = this.params;
    const command = new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body: bytes });
    const { ETag, ChecksumCRC32 } = await this.client.send(command, this.#options());
    this.#done[PartNumber - 1] = { PartNumber, ETag, ...(ChecksumCRC32 && { ChecksumCRC32 }) };
  }
}

const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest();

export const storedOf = (answer: PutObjectCommandOutput | CompleteMultipartUploadCommandOutput): Stored => ({
  etag: plainEtag(answer.ETag),
  encryption: storedEncryption(answer),
});
