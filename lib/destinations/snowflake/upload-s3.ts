import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { MINUTE } from "../../units";
import { blocksOf } from "./blocks";
import { checked, mustBeTaken, split, type Upload } from "./storage";
import type { StageInfo } from "./upload-target";

/** Amazon's storage takes parts; nothing is visible until the upload is completed. A single part is a plain PUT. */
export async function uploadToS3(file: Upload): Promise<string> {
  const { container, key } = split(file.place);
  const client = clientOf(file);
  try {
    return unquoted(await sendParts(client, { Bucket: container, Key: key }, file));
  } catch (error) {
    if (error instanceof S3ServiceException)
      return mustBeTaken("Amazon's storage", { status: error.$metadata.httpStatusCode ?? 500, etag: "", text: "" });
    throw error;
  } finally {
    client.destroy();
  }
}

/** The storage's host, as Snowflake's clients find it; null leaves it to the SDK. */
export function amazonHost({ endPoint, useRegionalUrl, useS3RegionalUrl, region }: StageInfo): string | null {
  if (endPoint) return endPoint;
  if (!region || !(useRegionalUrl || useS3RegionalUrl)) return null;
  return `s3.${region}.amazonaws.com${region.toLowerCase().startsWith("cn-") ? ".cn" : ""}`;
}

function clientOf({ place: { info }, agents, plain }: Upload): S3Client {
  const { AWS_KEY_ID, AWS_SECRET_KEY, AWS_TOKEN } = info.creds ?? {};
  const host = amazonHost(info);
  return new S3Client({
    region: info.region ?? "us-east-1",
    ...(host && { endpoint: checked(host, plain).href, forcePathStyle: plain }),
    credentials: {
      accessKeyId: AWS_KEY_ID ?? "",
      secretAccessKey: AWS_SECRET_KEY ?? "",
      ...(AWS_TOKEN && { sessionToken: AWS_TOKEN }),
    },
    // Parts carry CRC32 whatever environment variables say: the upload is begun with it.
    requestChecksumCalculation: "WHEN_SUPPORTED",
    // A redirect to another region could lead anywhere.
    followRegionRedirects: false,
    requestHandler: new NodeHttpHandler({ connectionTimeout: 5_000, requestTimeout: MINUTE, ...agents }),
  });
}

interface Target {
  Bucket: string;
  Key: string;
}

async function sendParts(client: S3Client, target: Target, { body, signal }: Upload): Promise<string> {
  const options = { abortSignal: signal };
  // The SDK names no algorithm here, but gives each part a CRC32: Amazon can refuse such an upload at its end.
  const begin = { ...target, ChecksumAlgorithm: "CRC32" as const };
  const parts: CompletedPart[] = [];
  let id: string | undefined;
  let first: Buffer | null = null;
  const add = async (Body: Buffer) => {
    const PartNumber = parts.length + 1;
    const part = new UploadPartCommand({ ...target, UploadId: id, PartNumber, Body });
    const { ETag, ChecksumCRC32 } = await client.send(part, options);
    parts.push({ PartNumber, ETag, ChecksumCRC32 });
  };
  try {
    for await (const block of blocksOf(body)) {
      if (id === undefined && first === null) {
        first = block;
        continue;
      }
      if (first !== null) {
        id = (await client.send(new CreateMultipartUploadCommand(begin), options)).UploadId;
        await add(first);
        first = null;
      }
      await add(block);
    }
    if (first !== null)
      return (await client.send(new PutObjectCommand({ ...target, Body: first }), options)).ETag ?? "";
    const whole = { ...target, UploadId: id, MultipartUpload: { Parts: parts } };
    return (await client.send(new CompleteMultipartUploadCommand(whole), options)).ETag ?? "";
  } catch (error) {
    if (id !== undefined)
      await client.send(new AbortMultipartUploadCommand({ ...target, UploadId: id })).catch(() => {});
    throw error;
  }
}

const unquoted = (etag: string) => etag.replaceAll('"', "");
