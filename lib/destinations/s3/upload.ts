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

/** What an object is written with; the same for an upload in one piece and in parts. */
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
 * One object on its way: put in one piece when it is a single part, else as a multipart upload whose parts go side by side.
 * The library's own upload copies every byte twice more; this one sends the parts' buffers as they are, and gives them back.
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
    /** Stops the upload from outside. */
    private readonly signal: AbortSignal,
    /** Called when a part could not be sent: the object can't be finished any more. */
    private readonly onFailure: (error: Error) => void,
  ) {}

  /** Takes the next part; every part but the last has the size that S3 asks of parts. */
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

  /** Waits until every part has arrived: what is left is one request that makes the object appear. */
  async arrived(): Promise<void> {
    await Promise.all(this.#sends);
  }

  /** The ETag that the object will have, where the storage makes it of the bytes: of the parts' own, or their MD5. */
  async etag(): Promise<string> {
    if (!this.#uploadId) return md5(this.#single()).toString("hex");
    const sums = this.#done.map(({ ETag }) => Buffer.from(plainEtag(ETag), "hex"));
    return `${md5(Buffer.concat(sums)).toString("hex")}-${sums.length}`;
  }

  /** Stores the object, under a condition unless that is null; before that, nothing of it can be seen in the bucket. */
  async finish(condition: Condition | null): Promise<Stored> {
    if (!this.#uploadId) {
      const put = new PutObjectCommand({ ...this.params, ...condition, Body: this.#single() });
      return storedOf(await this.client.send(put, this.#options()));
    }
    const { Bucket, Key } = this.params;
    const target = { Bucket, Key, UploadId: await this.#uploadId, MultipartUpload: { Parts: this.#done } };
    const complete = new CompleteMultipartUploadCommand({ ...target, ...condition });
    const { etag, encryption } = storedOf(await this.client.send(complete, this.#options()));
    // Some storages tell all of it at the beginning only.
    return { etag, encryption: this.#encryption ?? encryption };
  }

  /**
   * Puts the upload's parts away, as far as the storage lets it. Parts on their way arrive first: a storage that still
   * receives one when it is told to abort may keep it. Only where the storage itself failed are they cut off.
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
    // Not stopped half-way: an upload whose id is not known could never be put away.
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
