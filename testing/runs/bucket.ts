import { randomBytes } from "node:crypto";
import { gunzipSync } from "node:zlib";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
} from "@aws-sdk/client-s3";
import { CHAIN_FOLDER } from "@/lib/destinations/files/chain-folder";

/** The tests' S3 server, as its root user. */
export const storage = () => ({
  endpoint: process.env.S3_ENDPOINT ?? "",
  region: process.env.S3_REGION ?? "us-east-1",
  accessKeyId: process.env.S3_ACCESS_KEY_ID ?? "",
  secretAccessKey: process.env.S3_SECRET_ACCESS_KEY ?? "",
});

/** A client for the tests that bypasses the code under test. */
export function rootClient(): S3Client {
  const { endpoint, region, ...credentials } = storage();
  return new S3Client({ endpoint, region, credentials, forcePathStyle: true });
}

/** A bucket for one test, and its contents. */
const CHAIN = `${CHAIN_FOLDER}/`;
const MARKER = /(^|\/)\.penstock\/claim-/;

export class TestBucket {
  readonly name = `test-${randomBytes(6).toString("hex")}`;
  readonly arn = `arn:aws:s3:::${this.name}`;
  readonly client = rootClient();

  static async make(): Promise<TestBucket> {
    const bucket = new TestBucket();
    await bucket.client.send(new CreateBucketCommand({ Bucket: bucket.name }));
    return bucket;
  }

  /**
   * Every key under a prefix, sorted, except the object by which a verification marks the bucket and, unless asked for,
   * chains of receipts.
   */
  async keys(prefix = ""): Promise<string[]> {
    const all = await this.allKeys(prefix);
    return all.filter((key) => !MARKER.test(key) && (prefix.includes(CHAIN) || !key.includes(CHAIN)));
  }

  /** Every key under a prefix, sorted. */
  async allKeys(prefix = ""): Promise<string[]> {
    const { Contents = [] } = await this.client.send(
      new ListObjectsV2Command({ Bucket: this.name, Prefix: prefix || undefined }),
    );
    return Contents.map(({ Key }) => Key ?? "").sort();
  }

  /** Keys of multipart uploads neither completed nor aborted. */
  async openUploads(): Promise<string[]> {
    const { Uploads = [] } = await this.client.send(new ListMultipartUploadsCommand({ Bucket: this.name }));
    return Uploads.map(({ Key }) => Key ?? "");
  }

  /** An object's bytes as stored. */
  async bytes(key: string): Promise<Buffer> {
    const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.name, Key: key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  }

  /** The lines of a file, inflated if its name says so. */
  async lines(key: string): Promise<string[]> {
    const bytes = await this.bytes(key);
    const text = (key.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
    return text === "" ? [] : text.replace(/\n$/, "").split("\n");
  }

  async json(key: string): Promise<unknown> {
    return JSON.parse((await this.bytes(key)).toString());
  }

  async clear(): Promise<void> {
    for (const Key of await this.allKeys()) await this.client.send(new DeleteObjectCommand({ Bucket: this.name, Key }));
  }

  async remove(): Promise<void> {
    await this.clear();
    await this.client.send(new DeleteBucketCommand({ Bucket: this.name })).catch(() => {});
    this.client.destroy();
  }
}
