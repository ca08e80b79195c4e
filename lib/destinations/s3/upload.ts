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
import { UploadLost } from "../upload-lost";
import type { Resume, Stored, UploadedPart } from "../upload-types";
import { answeredOf } from "./answered";
import type { Condition } from "./conditions";
import { storedEncryption } from "./encryption";
import { MARKS, plainEtag } from "./inspect";
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
  readonly #left: ReadonlyMap<number, UploadedPart>;
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
    /** How to continue it, and the size of its parts. */
    private readonly resume?: Resume & { partBytes: number },
  ) {
    const left = resume?.left ?? null;
    this.#left = new Map(left?.parts.map((part) => [part.number, part]));
    if (!left) return;
    this.#uploadId = Promise.resolve(left.id);
    this.#encryption = left.encryption;
  }

  /** Whether an earlier attempt began it. */
  get isContinued(): boolean {
    return this.resume?.left != null;
  }

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
   * Throws if an upload that an earlier attempt began holds other parts than this one's: a request of that attempt may
   * have arrived late, and not every storage compares the ETags. Only checks ETags that derive from those of the parts.
   */
  async requireOwn({ etag }: Stored): Promise<void> {
    if (!this.isContinued || !isComposite(etag, this.#done.length)) return;
    if (this.#encryption?.algorithm.startsWith("aws:kms") || etag === (await this.etag())) return;
    throw new UploadLost(true, "The storage assembled the object from different parts.");
  }

  /** Waits until nothing is on its way. Cancels parts in transit only if the storage itself failed. */
  async settle(): Promise<void> {
    if (this.#failed) this.#stop.abort();
    await Promise.allSettled(this.#sends);
  }

  /**
   * Discards the upload's parts, as far as the storage allows. Lets parts in transit arrive first: a storage may keep
   * one that it still receives during the abort.
   */
  async abandon(): Promise<void> {
    await this.settle();
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
    const mark = this.params.Metadata?.[MARKS.mark] ?? "";
    if (begun.UploadId) this.resume?.onBegun({ id: begun.UploadId, mark, encryption: this.#encryption });
    return begun.UploadId;
  }

  #send(part: Part): void {
    const PartNumber = this.#sends.length + 1;
    const has = this.#left.get(PartNumber);
    const send = (has ? this.#keepPart(part, has) : this.#sendPart(part, PartNumber)).finally(() => part.release());
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
    const sha256 = this.#hashAt(PartNumber, bytes);
    const { ETag, ChecksumCRC32 } = await this.client.send(command, this.#options());
    this.#done[PartNumber - 1] = { PartNumber, ETag, ...(ChecksumCRC32 && { ChecksumCRC32 }) };
    if (sha256 && ETag) this.resume?.onStored({ number: PartNumber, etag: ETag, crc32: ChecksumCRC32 ?? null, sha256 });
  }

  /** The storage has a part already; it is the same if everything up to its end is. */
  async #keepPart({ bytes }: Part, { number, etag, crc32, sha256 }: UploadedPart): Promise<void> {
    if (this.#hashAt(number, bytes) !== sha256)
      throw new UploadLost(false, "The rows of this file have changed since an earlier attempt sent them.");
    this.#done[number - 1] = { PartNumber: number, ETag: etag, ...(crc32 !== null && { ChecksumCRC32: crc32 }) };
  }

  /** Only parts of full size are kept: the last one is small, and its end is no multiple of their size. */
  #hashAt(number: number, { length }: Buffer): string | undefined {
    const { partBytes, sha256At } = this.resume ?? {};
    return length === partBytes ? sha256At?.(number * partBytes) : undefined;
  }
}

const isComposite = (etag: string, parts: number) => new RegExp(`^[0-9a-f]{32}-${parts}$`).test(etag);

/**
 * The error of an upload that the storage no longer has, or whose parts it no longer has as they were sent. Null for any
 * other error. `isSent`: whether its object may have been stored.
 */
export function lostUpload(error: unknown, isSent: boolean, isContinued: boolean): UploadLost | null {
  const { name } = answeredOf(error);
  const isLost = name === "NoSuchUpload" || (isContinued && name.startsWith("InvalidPart"));
  return isLost ? new UploadLost(isSent, "The storage no longer has the parts of this file.") : null;
}

const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest();

export const storedOf = (answer: PutObjectCommandOutput | CompleteMultipartUploadCommandOutput): Stored => ({
  etag: plainEtag(answer.ETag),
  encryption: storedEncryption(answer),
});
