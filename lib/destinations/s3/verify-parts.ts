import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { checksumAlgorithm } from "./checksums";
import { encryptionOf } from "./encryption";
import type { Probe } from "./probe";
import type { S3Destination } from "./settings";
import { type Seen, type Step, withoutChecksums } from "./verify-step";

type Encryption = Pick<S3Destination, "encryption" | "kmsKeyId">;
type Upload = Probe["object"] & { UploadId: string | undefined };

/** Completes one multipart upload, aborts another, and checks that open ones can be found. */
export const multipartSteps = (encryption: Encryption, needs: string[]): Step[] => [
  {
    name: "Multipart upload",
    needs,
    permission: "s3:PutObject",
    kmsKeyId: encryption.kmsKeyId,
    run: (probe) => probe.write(() => inParts(probe, encryption)),
  },
  {
    name: "Abort",
    needs: ["Multipart upload"],
    permission: "s3:AbortMultipartUpload",
    optional: () =>
      "Exports work without it, but parts of interrupted uploads stay in the bucket and incur costs until a lifecycle rule removes them.",
    run: (probe) => abort(probe, encryption),
  },
  {
    name: "List uploads",
    needs: ["Reach"],
    permission: "s3:ListBucketMultipartUploads",
    optional: () =>
      "Exports work without it, but uploads that a worker left open stay and incur costs until a lifecycle rule removes them.",
    run: async ({ client, object: { Bucket, Key } }) => {
      await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: Key }));
      return { message: "Unfinished uploads can be listed." };
    },
  },
];

async function begin({ client, object, checksums }: Probe, encryption: Encryption): Promise<Upload> {
  const asked = { ...object, ...checksumAlgorithm(checksums !== false), ...encryptionOf(encryption) };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(asked));
  return { ...object, UploadId };
}

async function complete(probe: Probe, upload: Upload): Promise<void> {
  const { client, text } = probe;
  const part = await client.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: text }));
  const { ETag, ChecksumCRC32 } = part;
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag, ...(ChecksumCRC32 && { ChecksumCRC32 }) }] };
  await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload }));
  probe.written = true;
}

async function inParts(probe: Probe, encryption: Encryption): Promise<Seen> {
  const upload = await begin(probe, encryption);
  try {
    await complete(probe, upload);
  } catch (error) {
    await probe.client.send(new AbortMultipartUploadCommand(upload)).catch(() => {});
    throw error;
  }
  return { message: `Large files can be uploaded in parts.${withoutChecksums(probe)}` };
}

async function abort(probe: Probe, encryption: Encryption): Promise<Seen> {
  const upload = await begin(probe, encryption);
  try {
    await probe.client.send(new AbortMultipartUploadCommand(upload));
  } catch (error) {
    // An upload that may not be aborted is completed: only the probe's own object remains of it.
    await complete(probe, upload).catch(() => {});
    throw error;
  }
  return { message: "Interrupted uploads leave no parts behind." };
}
